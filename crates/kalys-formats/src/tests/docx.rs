use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use expect_test::{Expect, expect};
use kalys_model::Span;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{Format, read};

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A package with these parts beside `word/document.xml`; each is the content of its root element.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut relationships = String::new();
    for (name, _) in parts {
        let _ = write!(
            relationships,
            "<Relationship Id=\"{name}\" Type=\"http://x/{name}\" Target=\"{name}.xml\"/>"
        );
    }
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        (
            "_rels/.rels".to_owned(),
            "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/word/document.xml\"/>\
             </Relationships>"
                .to_owned(),
        ),
        (
            "word/_rels/document.xml.rels".to_owned(),
            format!("<Relationships>{relationships}</Relationships>"),
        ),
        ("word/document.xml".to_owned(), document),
    ];
    for (name, text) in parts {
        files.push((format!("word/{name}.xml"), format!("<w:{name} {NAMESPACES}>{text}</w:{name}>")));
    }
    zip(&files)
}

fn zip(files: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn check(body: &str, parts: &[(&str, &str)], expect: Expect) {
    super::check(Format::Docx, docx(body, parts), expect);
}

/// A paragraph with these properties and one run.
fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A paragraph in a list.
fn item(list: u32, level: u32, text: &str) -> String {
    p(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
}

/// A level of a list.
fn level(index: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText \
         w:val=\"{text}\"/></w:lvl>"
    )
}

/// A definition and the list with the same number.
fn definition(id: u32, levels: &[String]) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.concat())
}

fn list(id: u32, definition: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>")
}

/// The labels and words of the blocks, one a line.
fn labels(body: &str, parts: &[(&str, &str)], expect: Expect) {
    let source = read(&docx(body, parts), Format::Docx).unwrap();
    let lines: Vec<String> =
        source.blocks.iter().map(|it| format!("{:?} {}\n", it.kind, &source.text[it.span.range()])).collect();
    expect.assert_eq(&lines.concat());
}

#[test]
fn text_of_runs_with_its_bytes() {
    let body = "<w:p><w:r><w:t>Орган </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">впр</w:t></w:r>\
                <w:r><w:t>аве &amp; &#1257;з<![CDATA[ <б>]]></w:t><w:tab/><w:t>х</w:t><w:br/><w:t>у</w:t>\
                <w:noBreakHyphen/><w:t>я</w:t><w:softHyphen/><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/>\
                <w:sym w:char=\"2116\"/></w:r></w:p><w:p/><w:p><w:r><w:t> </w:t></w:r></w:p><w:p><w:r><w:t>эки</w:t></w:r></w:p>";
    check(
        body,
        &[],
        expect![[r#"
        Paragraph 0:106..401 "Орган вправе & өз <б>\tх\nу‑я\u{ad}•№"
        Paragraph 0:468..474 "эки"
    "#]],
    );
    let bytes = docx(body, &[]);
    super::check_map(
        Format::Docx,
        &bytes,
        expect![[r#"
        "Орган " 106..117 Exact
        "впр" 181..187 Exact
        "аве " 209..216 Exact
        "&" 216..221 Whole
        " " 221..222 Exact
        "ө" 222..229 Whole
        "з" 229..231 Exact
        " <б>" 240..245 Exact
        "\t" 254..262 Whole
        "х" 267..269 Exact
        "\n" 275..282 Whole
        "у" 287..289 Exact
        "‑" 295..313 Whole
        "я" 318..320 Exact
        "\u{ad}" 326..341 Whole
        "•" 341..379 Whole
        "№" 379..401 Whole
        "эки" 468..474 Exact
    "#]],
    );
    let source = read(&bytes, Format::Docx).unwrap();
    let places: Vec<_> = ["Орган", "впр", "аве", "эки"]
        .map(|it| source.map.place(source.text.find(it).unwrap() as u32, &source.text, &[]).paragraph)
        .to_vec();
    assert_eq!(places, [Some((0, 0)), Some((0, 1)), Some((0, 2)), Some((3, 0))]);
}

#[test]
fn raised_digits() {
    let styles = "<w:style w:type=\"character\" w:styleId=\"Up\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>";
    let run =
        |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}{}{}{}{}{}</w:p>",
        run("", "Статья 21"),
        run("<w:vertAlign w:val=\"superscript\"/>", "1"),
        run("<w:vertAlign w:val=\"baseline\"/>", ". Пункт 5"),
        run("<w:rStyle w:val=\"Up\"/>", "12)"),
        run("<w:position w:val=\"6\"/>", "&#51;"),
        run("<w:rPrChange w:id=\"1\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:rPrChange>", "4"),
        "<w:r><w:t>5</w:t></w:r>",
    );
    check(
        &body,
        &[("styles", styles)],
        expect![[r#"
        Paragraph 0:121..563 "Статья 21¹. Пункт 5¹²)³45"
    "#]],
    );
}

#[test]
fn tracked_changes() {
    let body = "<w:p><w:pPr><w:rPr><w:del w:id=\"9\"/></w:rPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>\
                </w:pPrChange></w:pPr><w:r><w:t>Орган </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>обязан</w:delText>\
                <w:delInstrText>PAGE</w:delInstrText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>вправе</w:t></w:r></w:ins>\
                <w:moveFrom><w:r><w:t>нет</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> да</w:t></w:r></w:moveTo></w:p>\
                <w:p><w:del><w:r><w:delText>Вся строка </w:delText></w:r></w:del></w:p>";
    check(
        body,
        &[],
        expect![[r#"
        Paragraph 0:220..486 "Орган вправе да"
        Deleted 0:275..287 "обязан"
        Deleted 0:543..562 "Вся строка"
    "#]],
    );
}

#[test]
fn words_that_stay_are_read_without_those_that_go() {
    let del = |text: &str| format!("<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let ins = |text: &str| format!("<w:ins><w:r><w:t>{text}</w:t></w:r></w:ins>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}{}{}{}{}{}</w:p>",
        run("Орган обяз"),
        del("ан"),
        del(" был"),
        ins("ывается"),
        run(" отказать"),
        del(" всем"),
        run("."),
    );
    check(
        &body,
        &[],
        expect![[r#"
        Paragraph 0:106..405 "Орган обязывается отказать."
        Deleted 0:160..220 "ан был"
        Deleted 0:359..368 " всем"
    "#]],
    );
    let source = read(&docx(&body, &[]), Format::Docx).unwrap();
    let word = source.text.find("обязывается").unwrap() as u32;
    let range = source.map.source(Span::new(word, word + 22), &source.text).bytes;
    let deleted = source.text.find("ан был").unwrap() as u32;
    let inside = source.map.source(Span::new(deleted, deleted + 11), &source.text).bytes;
    assert!(range.start < inside.start && inside.end < range.end, "{range:?} {inside:?}");
    assert_eq!(source.map.place(deleted, &source.text, &[]).paragraph, Some((0, 1)));
}

#[test]
fn paragraphs_whose_mark_is_deleted() {
    let numbering = [definition(0, &[level(0, "decimal", "%1)", "")]), list(1, 0, "")].concat();
    let item = |mark: &str, content: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr>{content}</w:p>"
        )
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let del = |text: &str| format!("<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let gone = "<w:del w:id=\"1\"/>";
    let body = [
        item("", &run("заявление;")),
        item(gone, &del("иные документы;")),
        item("", &run("копия устава;")),
        item("<w:ins/>", &del("старое")),
        item(gone, &run("перечень ")),
        item(gone, &del("не")),
        item("", &run("имущества;")),
        item("<w:moveFrom w:id=\"2\"/>", "<w:moveFrom><w:r><w:t>ушло</w:t></w:r></w:moveFrom>"),
        item(gone, &run("конец без следующего")),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", item(gone, &run("клетка"))),
        p("", "дальше"),
    ]
    .concat();
    labels(
        &body,
        &[("numbering", &numbering)],
        expect![[r#"
            Item(1) 1) заявление;
            Deleted иные документы;
            Item(1) 2) копия устава;
            Deleted старое
            Item(1) 4) перечень имущества;
            Deleted не
            Item(1) 5) конец без следующего
            Cell { table: 0, row: 0, column: 0 } 6) клетка
            Paragraph дальше
        "#]],
    );
}

#[test]
fn line_breaks_part_paragraphs_only_between_sentences() {
    let lines = |lines: &[&str]| {
        let runs: Vec<String> = lines.iter().map(|it| format!("<w:r><w:t>{it}</w:t></w:r>")).collect();
        format!("<w:p>{}</w:p>", runs.join("<w:r><w:br/></w:r>"))
    };
    let body = [
        lines(&["Орган вправе отказать в срок", "не позднее 5 дней ", " (пяти) дней, всего", "30 000 сом."]),
        lines(&["1. Заявитель подаёт:", "а) заявление", "б) копию,", "в. устав", "г. Бишкек"]),
        lines(&["Глава 1. Общие положения", "Статья 1. Предмет", "1. Закон"]),
        lines(&["до", "", "после", " ", "ещё"]),
        "<w:p><w:r><w:t>до</w:t><w:br w:type=\"page\"/><w:t>после</w:t><w:br/></w:r></w:p>".to_owned(),
        item(1, 0, "без списка"),
    ]
    .concat();
    labels(
        &body,
        &[],
        expect![[r#"
        Paragraph Орган вправе отказать в срок
        не позднее 5 дней 
         (пяти) дней, всего
        30 000 сом.
        Paragraph 1. Заявитель подаёт:
        Paragraph а) заявление
        Paragraph б) копию,
        Paragraph в. устав
        г. Бишкек
        Paragraph Глава 1. Общие положения
        Paragraph Статья 1. Предмет
        Paragraph 1. Закон
        Paragraph до
        Paragraph после
        Paragraph ещё
        Paragraph до
        Paragraph после
        Paragraph без списка
    "#]],
    );
    let bytes = docx(&lines(&["до. ", " После"]), &[]);
    let source = read(&bytes, Format::Docx).unwrap();
    assert_eq!(source.map.place(5, &source.text, &[]).paragraph, Some((0, 2)));
}

#[test]
fn fields_show_their_results() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}<w:r><w:instrText>REF a</w:instrText></w:r>{}{}{}{}{}{}{}{}<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>\
         <w:hyperlink>{}</w:hyperlink></w:p><w:p>{}</w:p><w:p>{}</w:p>",
        field("begin"),
        field("begin"),
        run("внутри"),
        field("separate"),
        run("нет"),
        field("end"),
        field("separate"),
        run("5"),
        field("end"),
        run(" мая"),
        run(" ссылка"),
        field("begin"),
        run("поле без конца ничего не съело"),
    );
    check(
        &body,
        &[],
        expect![[r#"
        Paragraph 0:440..603 "5 мая ссылка"
        Paragraph 0:706..761 "поле без конца ничего не съело"
    "#]],
    );
}

#[test]
fn tables_and_nested_tables() {
    let cell =
        |properties: &str, content: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>");
    let body = format!(
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr></w:tbl>{}",
        cell("<w:gridSpan w:val=\"2\"/>", &(p("", "а") + &p("", "б"))),
        cell("", &p("", "в")),
        cell("", &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>{}", cell("", &p("", "ичинде")), p("", "кийин"))),
        cell("", &p("", "г")),
        p("", "соңу"),
    );
    check(
        &body,
        &[],
        expect![[r#"
            Cell(0.0.0) 0:202..204 "а"
            Cell(0.0.0) 0:252..254 "б"
            Cell(0.0.2) 0:332..334 "в"
            Cell(1.0.0) 0:503..515 "ичинде"
            Cell(0.1.1) 0:585..595 "кийин"
            Cell(0.1.2) 0:673..675 "г"
            Paragraph 0:745..753 "соңу"
        "#]],
    );
}

#[test]
fn text_boxes_follow_their_paragraph_and_come_once() {
    let content = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p("", text));
    let body = format!(
        "<w:p><w:r><w:t>до </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{}</mc:Choice>\
         <mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>после</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r>{}<w:t>клетка</w:t></w:r></w:p></w:tc></w:tr></w:tbl>{}",
        content("надпись"),
        content("нет"),
        content("нет"),
        content("вторая"),
        p("", "конец"),
    );
    check(
        &body,
        &[],
        expect![[r#"
            Paragraph 0:106..548 "до после"
            Paragraph 0:220..234 "надпись"
            Cell(0.0.0) 0:691..703 "клетка"
            Paragraph 0:640..652 "вторая"
            Paragraph 0:773..783 "конец"
        "#]],
    );
    let source = read(&docx(&body, &[]), Format::Docx).unwrap();
    let mark =
        |words: &str| source.map.place(source.text.find(words).unwrap() as u32, &source.text, &[]).paragraph;
    assert_eq!(mark("после"), Some((0, 2)));
    assert_eq!(mark("надпись"), Some((1, 0)));
    assert_eq!(mark("конец"), Some((6, 0)));
}

#[test]
fn headings_by_level_by_name_and_by_chain() {
    let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"Бөлүм\"/><w:basedOn w:val=\"1\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"c\"><w:name w:val=\"Глава\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"d\"><w:basedOn w:val=\"1\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"e\"><w:basedOn w:val=\"f\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"f\"><w:basedOn w:val=\"e\"/><w:name w:val=\"Заголовок 2\"/></w:style>";
    let style = |id: &str| format!("<w:pStyle w:val=\"{id}\"/>");
    let body = [
        p(&style("1"), "один"),
        p(&style("b"), "два"),
        p(&style("c"), "три"),
        p(&style("d"), "нет"),
        p(&style("e"), "круг"),
        p("<w:outlineLvl w:val=\"3\"/>", "четыре"),
        p(&(style("1") + "<w:outlineLvl w:val=\"9\"/>"), "нет"),
        p(&style("none"), "нет"),
    ]
    .concat();
    labels(
        &body,
        &[("styles", styles)],
        expect![[r#"
        Heading(1) один
        Heading(1) два
        Heading(3) три
        Paragraph нет
        Heading(2) круг
        Heading(4) четыре
        Paragraph нет
        Paragraph нет
    "#]],
    );
}

#[test]
fn labels_of_lists() {
    let numbering = [
        definition(
            0,
            &[
                level(0, "decimal", "%1.", ""),
                level(1, "decimal", "%1.%2.", ""),
                level(2, "russianLower", "%3)", ""),
                level(3, "bullet", "\u{f0b7}", ""),
            ],
        ),
        definition(
            1,
            &[
                level(0, "upperRoman", "Глава %1", "<w:suff w:val=\"nothing\"/>"),
                level(1, "decimal", "%1-%2", "<w:isLgl/>"),
            ],
        ),
        list(1, 0, ""),
        list(2, 0, ""),
        list(3, 0, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"10\"/></w:lvlOverride>"),
        list(4, 1, ""),
    ]
    .concat();
    let body = [
        item(1, 0, "бир"),
        item(1, 1, "бир бир"),
        item(1, 1, "бир эки"),
        item(1, 2, "а"),
        item(1, 2, "б"),
        item(1, 3, "белги"),
        item(1, 0, "эки"),
        item(1, 2, "кайра а, деңгээл аттап"),
        item(1, 1, "эки бир"),
        item(2, 0, "тизме улантылат"),
        item(3, 0, "он"),
        item(3, 0, "он бир"),
        item(1, 0, "ортодо бош"),
        "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:p>".to_owned(),
        item(1, 0, "бош сап саналды"),
        item(4, 0, " Жалпы"),
        item(4, 1, "араб цифрасы"),
        item(99, 0, "тизме жок"),
        item(0, 0, "номер жок"),
    ]
    .concat();
    labels(
        &body,
        &[("numbering", &numbering)],
        expect![[r#"
        Item(1) 1. бир
        Item(2) 1.1. бир бир
        Item(2) 1.2. бир эки
        Item(3) а) а
        Item(3) б) б
        Item(4) - белги
        Item(1) 2. эки
        Item(3) а) кайра а, деңгээл аттап
        Item(2) 2.1. эки бир
        Item(1) 3. тизме улантылат
        Item(1) 10. он
        Item(1) 11. он бир
        Item(1) 12. ортодо бош
        Item(1) 14. бош сап саналды
        Item(1) Глава I Жалпы
        Item(2) 1-1 араб цифрасы
        Paragraph тизме жок
        Paragraph номер жок
    "#]],
    );
}

#[test]
fn levels_that_restart_otherwise() {
    let numbering = [
        definition(
            0,
            &[
                level(0, "decimal", "Глава %1.", ""),
                level(1, "decimal", "Статья %2.", "<w:lvlRestart w:val=\"0\"/>"),
                level(2, "lowerLetter", "%3)", "<w:lvlRestart w:val=\"1\"/>"),
            ],
        ),
        list(
            1,
            0,
            "<w:lvlOverride w:ilvl=\"2\"><w:lvl w:ilvl=\"2\"><w:start w:val=\"3\"/><w:numFmt w:val=\"lowerRoman\"/>\
             <w:lvlText w:val=\"(%3)\"/><w:lvlRestart w:val=\"1\"/></w:lvl></w:lvlOverride>",
        ),
    ]
    .concat();
    let body = [
        item(1, 0, "а"),
        item(1, 1, "б"),
        item(1, 2, "в"),
        item(1, 1, "г"),
        item(1, 2, "д"),
        item(1, 0, "е"),
        item(1, 1, "ж"),
        item(1, 2, "з"),
    ]
    .concat();
    labels(
        &body,
        &[("numbering", &numbering)],
        expect![[r#"
        Item(1) Глава 1. а
        Item(2) Статья 1. б
        Item(3) (iii) в
        Item(2) Статья 2. г
        Item(3) (iv) д
        Item(1) Глава 2. е
        Item(2) Статья 3. ж
        Item(3) (iii) з
    "#]],
    );
}

#[test]
fn lists_that_styles_bring() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Art\"><w:name w:val=\"heading 2\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"Part\"><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:basedOn w:val=\"Part\"/></w:style>\
                  <w:style w:type=\"numbering\" w:styleId=\"Num\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let numbering = [
        definition(
            0,
            &[
                level(0, "decimal", "Статья %1.", "<w:pStyle w:val=\"Art\"/>"),
                level(1, "decimal", "%2.", ""),
                level(2, "russianLower", "%3)", "<w:pStyle w:val=\"Sub\"/>"),
            ],
        ),
        "<w:abstractNum w:abstractNumId=\"7\"><w:numStyleLink w:val=\"Num\"/></w:abstractNum>".to_owned(),
        list(1, 0, ""),
        list(2, 7, ""),
    ]
    .concat();
    let style = |id: &str| format!("<w:pStyle w:val=\"{id}\"/>");
    let body = [
        p(&style("Art"), "Предмет"),
        p(&style("Part"), "часть"),
        p(&style("Part"), "часть"),
        p(&style("Sub"), "подпункт"),
        p(&(style("Part") + "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"), "без номера"),
        item(2, 1, "через стиль списка"),
        p(&style("Art"), "Следующая"),
        p(&style("Part"), "часть"),
    ]
    .concat();
    labels(
        &body,
        &[("numbering", &numbering), ("styles", styles)],
        expect![[r#"
        Heading(2) Статья 1. Предмет
        Item(2) 1. часть
        Item(2) 2. часть
        Item(3) а) подпункт
        Paragraph без номера
        Item(2) 3. через стиль списка
        Heading(2) Статья 2. Следующая
        Item(2) 1. часть
    "#]],
    );
}

#[test]
fn notes_follow_the_paragraph_that_refers_to_them() {
    let note = |kind: &str, more: &str, text: &str| format!("<w:{kind} {more}>{}</w:{kind}>", p("", text));
    let footnotes = [
        note("footnote", "w:type=\"separator\" w:id=\"0\"", "нет"),
        "<w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Сноска.</w:t></w:r></w:p></w:footnote>"
            .to_owned(),
        note("footnote", "w:id=\"3\"", "Никто не ссылается."),
        note("footnote", "w:id=\"4\"", "Ссылка удалена."),
        note("footnote", "w:type=\"normal\" w:id=\"5\"", "Из таблицы."),
    ]
    .concat();
    let refer = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let body = [
        format!(
            "<w:p><w:r><w:t>Текст</w:t></w:r>{}<w:r><w:t>.</w:t></w:r>{}<w:del>{}</w:del></w:p>",
            refer("footnote", 2),
            refer("endnote", 2),
            refer("footnote", 4)
        ),
        format!(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>клетка</w:t></w:r>{}</w:p></w:tc></w:tr></w:tbl>",
            refer("footnote", 5)
        ),
        p("", "дальше"),
    ]
    .concat();
    let parts =
        [("footnotes", footnotes.as_str()), ("endnotes", &note("endnote", "w:id=\"2\"", "Примечание."))];
    check(
        &body,
        &parts,
        expect![[r#"
            Paragraph 0:106..181 "Текст."
            Footnote 1:254..268 " Сноска."
            Footnote 2:133..154 "Примечание."
            Cell(0.0.0) 0:331..343 "клетка"
            Footnote 1:593..613 "Из таблицы."
            Paragraph 0:455..467 "дальше"
        "#]],
    );
    let source = read(&docx(&body, &parts), Format::Docx).unwrap();
    let place = |words: &str| {
        let at = source.text.find(words).unwrap() as u32;
        source.map.place(at, &source.text, &[]).paragraph
    };
    assert_eq!((place("Примечание"), place("клетка")), (Some((0, 0)), Some((1, 0))));
}

#[test]
fn pages_that_a_document_takes_in() {
    let with = |target: &str, content: &str| {
        zip(&[
            (
                "word/document.xml".to_owned(),
                format!(
                    "<w:document {NAMESPACES}><w:body>{}<w:altChunk r:id=\"c1\"/>{}</w:body></w:document>",
                    p("", "до"),
                    p("", "после")
                ),
            ),
            (
                "word/_rels/document.xml.rels".to_owned(),
                format!(
                    "<Relationships><Relationship Id=\"c1\" Type=\"http://x/aFChunk\" Target=\"/{target}\"/></Relationships>"
                ),
            ),
            (target.to_owned(), content.to_owned()),
        ])
    };
    super::check(
        Format::Docx,
        with("word/a.htm", "<p>Орган <b>вправе</b><table><tr><td>1<td>2</table>"),
        expect![[r#"
            Paragraph 0:121..125 "до"
            Paragraph 1:3..29 "Орган вправе"
            Cell(0.0.0) 1:48..49 "1"
            Cell(0.0.1) 1:53..54 "2"
            Paragraph 0:196..206 "после"
        "#]],
    );
    super::check(
        Format::Docx,
        with("word/a.mht", "MIME"),
        expect![[r#"
        not-yet [("format", "mhtml")]
    "#]],
    );
}

#[test]
fn content_controls_and_other_wrappers() {
    let body = "<w:sdt><w:sdtPr><w:rPr/><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:p><w:smartTag><w:r><w:t>Внутри</w:t></w:r>\
                </w:smartTag><w:customXml><w:r><w:t> поля</w:t></w:r></w:customXml><m:oMath><m:r><m:t> 2+2</m:t></m:r></m:oMath></w:p>\
                </w:sdtContent></w:sdt><w:sectPr><w:headerReference/></w:sectPr>";
    check(
        body,
        &[],
        expect![[r#"
        Paragraph 0:186..304 "Внутри поля 2+2"
    "#]],
    );
}

#[test]
fn other_prefixes_and_the_strict_namespace() {
    let files = |document: &str| {
        zip(&[
            ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
            (
                "_rels/.rels".to_owned(),
                "<Relationships><Relationship Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" \
                 Target=\"main.xml\"/></Relationships>"
                    .to_owned(),
            ),
            ("main.xml".to_owned(), document.to_owned()),
        ])
    };
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let text = format!(
        "\u{feff}<?xml version=\"1.0\"?><ns0:document xmlns:ns0=\"{strict}\"><ns0:p><ns0:r><ns0:t>а</ns0:t></ns0:r></ns0:p></ns0:document>"
    );
    super::check(
        Format::Docx,
        files(&text),
        expect![[r#"
        Paragraph 0:120..122 "а"
    "#]],
    );
    let text = format!("<document xmlns=\"{strict}\"><p><r><t>а</t></r></p></document>");
    super::check(
        Format::Docx,
        files(&text),
        expect![[r#"
        Paragraph 0:76..78 "а"
    "#]],
    );
}

#[test]
fn broken_packages() {
    check(
        "<w:p><w:r><w:t>а</w:t></w:p>",
        &[],
        expect![[r#"
        malformed-xml [("part", "word/document.xml"), ("offset", "114"), ("detail", "ill-formed document: expected `</w:r>`, but `</w:p>` was found")]
    "#]],
    );
    check(
        "",
        &[],
        expect![[r#"
        empty []
    "#]],
    );
    super::check(
        Format::Docx,
        zip(&[("a.xml".to_owned(), String::new())]),
        expect![[r#"
        damaged-archive [("detail", "there is no part word/document.xml")]
    "#]],
    );
    super::check(
        Format::Docx,
        b"PK\x03\x04",
        expect![[r#"
        damaged-archive [("detail", "invalid Zip archive: Could not find EOCD")]
    "#]],
    );
    let deep = "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300);
    check(
        &deep,
        &[],
        expect![[r#"
        too-large [("what", "depth"), ("limit", "256")]
    "#]],
    );
    let bomb = p("", &" ".repeat(20 << 20));
    check(
        &bomb,
        &[],
        expect![[r#"
        too-large [("what", "expansion"), ("limit", "250")]
    "#]],
    );
    let mut bytes = docx(&p("", "Орган вправе отказать"), &[]);
    // A byte of packed data is spoiled: the checksum tells.
    let at = bytes.windows(17).position(|it| it == b"word/document.xml").unwrap() + 40;
    bytes[at] ^= 0x55;
    let error = read(&bytes, Format::Docx).unwrap_err();
    assert_eq!(error.code(), "damaged-archive");
}
