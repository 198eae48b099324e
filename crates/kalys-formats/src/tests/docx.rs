use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use expect_test::{Expect, expect};
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
    check(body, &[], expect![[]]);
    let bytes = docx(body, &[]);
    super::check_map(Format::Docx, &bytes, expect![[]]);
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
    check(&body, &[("styles", styles)], expect![[]]);
}

#[test]
fn tracked_changes() {
    let body = "<w:p><w:pPr><w:rPr><w:del w:id=\"9\"/></w:rPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>\
                </w:pPrChange></w:pPr><w:r><w:t>Орган </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>обязан</w:delText>\
                <w:delInstrText>PAGE</w:delInstrText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>вправе</w:t></w:r></w:ins>\
                <w:moveFrom><w:r><w:t>нет</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> да</w:t></w:r></w:moveTo></w:p>\
                <w:p><w:del><w:r><w:delText>Вся строка </w:delText></w:r></w:del></w:p>";
    check(body, &[], expect![[]]);
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
    check(&body, &[], expect![[]]);
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
    check(&body, &[], expect![[]]);
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
    check(&body, &[], expect![[]]);
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
    labels(&body, &[("styles", styles)], expect![[]]);
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
    labels(&body, &[("numbering", &numbering)], expect![[]]);
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
    labels(&body, &[("numbering", &numbering)], expect![[]]);
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
    labels(&body, &[("numbering", &numbering), ("styles", styles)], expect![[]]);
}

#[test]
fn notes_follow_the_text() {
    let note = |kind: &str, text: &str| format!("<w:footnote{kind}>{}</w:footnote>", p("", text));
    let notes = note(" w:type=\"separator\"", "нет")
        + "<w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Сноска.</w:t></w:r></w:p></w:footnote>";
    let body = "<w:p><w:r><w:t>Текст</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>.</w:t></w:r></w:p>";
    check(
        body,
        &[("footnotes", &notes), ("endnotes", &format!("<w:endnote>{}</w:endnote>", p("", "Примечание.")))],
        expect![[]],
    );
}

#[test]
fn content_controls_and_other_wrappers() {
    let body = "<w:sdt><w:sdtPr><w:rPr/><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:p><w:smartTag><w:r><w:t>Внутри</w:t></w:r>\
                </w:smartTag><w:customXml><w:r><w:t> поля</w:t></w:r></w:customXml><m:oMath><m:r><m:t> 2+2</m:t></m:r></m:oMath></w:p>\
                </w:sdtContent></w:sdt><w:sectPr><w:headerReference/></w:sectPr>";
    check(body, &[], expect![[]]);
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
    super::check(Format::Docx, files(&text), expect![[]]);
    let text = format!("<document xmlns=\"{strict}\"><p><r><t>а</t></r></p></document>");
    super::check(Format::Docx, files(&text), expect![[]]);
}

#[test]
fn broken_packages() {
    check("<w:p><w:r><w:t>а</w:t></w:p>", &[], expect![[]]);
    check("", &[], expect![[]]);
    super::check(Format::Docx, zip(&[("a.xml".to_owned(), String::new())]), expect![[]]);
    super::check(Format::Docx, b"PK\x03\x04", expect![[]]);
    let deep = "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300);
    check(&deep, &[], expect![[]]);
    let bomb = p("", &" ".repeat(20 << 20));
    check(&bomb, &[], expect![[]]);
    let mut bytes = docx(&p("", "Орган вправе отказать"), &[]);
    // A byte of packed data is spoiled: the checksum tells.
    let at = bytes.windows(17).position(|it| it == b"word/document.xml").unwrap() + 40;
    bytes[at] ^= 0x55;
    let error = read(&bytes, Format::Docx).unwrap_err();
    assert_eq!(error.code(), "damaged-archive");
}
