use expect_test::expect;
use kalys_model::Lang;

use super::*;
use crate::sample;
use crate::{Failure, Output, render, write_act};

fn document(findings: &[Finding]) -> String {
    let catalog = sample::catalog();
    let view = sample::view(&catalog, Lang::Ru);
    let act = sample::act();
    let checked = sample::checked(&act, findings);
    let mut out = Vec::new();
    begin(&mut out, &view).unwrap();
    let rendered = render(&checked, Output::Json, &view);
    write_act(&mut out, Output::Json, &rendered, true).unwrap();
    write_act(&mut out, Output::Json, &rendered, false).unwrap();
    let mut summary = Summary::default();
    summary.add(&view, findings);
    summary.failures.push(Failure {
        path: "пусто.txt".to_owned(),
        code: "empty".to_owned(),
        args: Vec::new(),
    });
    end(&mut out, &summary, &view).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_document_has_its_shape() {
    let value: serde_json::Value = serde_json::from_str(&document(&sample::findings())).unwrap();
    let mut value = value;
    // Two equal acts: one is enough to read.
    assert_eq!(value["acts"][0], value["acts"][1]);
    value["acts"].as_array_mut().unwrap().pop();
    expect![[r#"
        {
          "acts": [
            {
              "doubts": 1,
              "findings": [
                {
                  "address": {
                    "en": "art. 2, par. 1",
                    "ky": "2-берене, 1-бөлүк",
                    "ru": "ст. 2, ч. 1",
                    "units": [
                      {
                        "kind": "article",
                        "number": "2"
                      },
                      {
                        "kind": "part",
                        "number": "1"
                      }
                    ]
                  },
                  "clause": {
                    "end": 190,
                    "start": 86,
                    "text": "Комиссия вправе отказать заявителю, если сочтёт нужным, и потребовать иные документы по своему выбору."
                  },
                  "end": 110,
                  "factor": "discretion/may-formula",
                  "fingerprint": "07070707070707070707070707070707",
                  "fix": null,
                  "level": "risk",
                  "message": {
                    "en": "A power where a duty is expected",
                    "ky": "Каталык",
                    "ru": "Право вместо обязанности: «вправе отказать»"
                  },
                  "missing": [
                    "grounds",
                    "deadline"
                  ],
                  "number": "A2",
                  "number_verified": false,
                  "question": {
                    "en": "",
                    "ky": "",
                    "ru": ""
                  },
                  "related": [],
                  "remedy": {
                    "en": "Name the grounds.",
                    "ky": "Негиздерин атаңыз.",
                    "ru": "Назовите основания и срок."
                  },
                  "rule": "competence.may",
                  "severity": "high",
                  "source": {
                    "byte_end": 193,
                    "byte_start": 164,
                    "column": 13,
                    "line": 5
                  },
                  "start": 95,
                  "unknown": [],
                  "words": "вправе отказать"
                },
                {
                  "address": {
                    "en": "art. 2, par. 1",
                    "ky": "2-берене, 1-бөлүк",
                    "ru": "ст. 2, ч. 1",
                    "units": [
                      {
                        "kind": "article",
                        "number": "2"
                      },
                      {
                        "kind": "part",
                        "number": "1"
                      }
                    ]
                  },
                  "clause": {
                    "end": 190,
                    "start": 86,
                    "text": "Комиссия вправе отказать заявителю, если сочтёт нужным, и потребовать иные документы по своему выбору."
                  },
                  "end": 172,
                  "factor": "burden/open-document-list",
                  "fingerprint": "07070707070707070707070707070707",
                  "fix": {
                    "end": 172,
                    "kind": "suggestion",
                    "replacement": "следующие документы: …",
                    "start": 156
                  },
                  "level": "review",
                  "message": {
                    "en": "The list is open",
                    "ky": "Тизме ачык",
                    "ru": "Перечень открыт: «иные документы»"
                  },
                  "missing": [
                    "closed-list"
                  ],
                  "number": "3(б)",
                  "number_verified": false,
                  "question": {
                    "en": "Which ones?",
                    "ky": "Кайсы?",
                    "ru": "Какие именно?"
                  },
                  "related": [
                    {
                      "end": 189,
                      "message": {
                        "en": "choice",
                        "ky": "тандоо",
                        "ru": "выбор"
                      },
                      "source": {
                        "byte_end": 336,
                        "byte_start": 306,
                        "column": 7,
                        "line": 7
                      },
                      "start": 173,
                      "words": "по своему выбору"
                    }
                  ],
                  "remedy": {
                    "en": "Name the grounds.",
                    "ky": "Негиздерин атаңыз.",
                    "ru": "Назовите основания и срок."
                  },
                  "rule": "documents.open-list",
                  "severity": "high",
                  "source": {
                    "byte_end": 305,
                    "byte_start": 276,
                    "column": 35,
                    "line": 6
                  },
                  "start": 156,
                  "unknown": [
                    "bounds"
                  ],
                  "words": "иные документы"
                }
              ],
              "format": "txt",
              "fragment": false,
              "kind": "law",
              "language": "ru",
              "path": "проба.txt",
              "units": {
                "article": 2,
                "part": 2
              }
            }
          ],
          "failures": [
            {
              "args": {},
              "code": "empty",
              "message": {
                "en": "the file holds no text",
                "ky": "файлда текст жок",
                "ru": "в файле нет текста"
              },
              "path": "пусто.txt"
            }
          ],
          "for_expert": [
            {
              "factor": "collision/external",
              "name": {
                "en": "collisions",
                "ky": "коллизия",
                "ru": "коллизии"
              },
              "number": "C18"
            }
          ],
          "kalys": "0.1.0",
          "profile": {
            "key": "trial",
            "name": {
              "en": "Trial instruction",
              "ky": "Сыноо нускамасы",
              "ru": "Пробная инструкция"
            },
            "verified": false
          },
          "schema": 1,
          "summary": {
            "files": 1,
            "info": 0,
            "review": 1,
            "risk": 1,
            "skipped": 0
          }
        }"#]].assert_eq(&serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn offsets_are_code_points_and_bytes_of_the_source() {
    let value: serde_json::Value = serde_json::from_str(&document(&sample::findings())).unwrap();
    for finding in value["acts"][0]["findings"].as_array().unwrap() {
        let number = |value: &serde_json::Value| value.as_u64().unwrap() as usize;
        let (start, end) = (number(&finding["start"]), number(&finding["end"]));
        let by_points: String = sample::TEXT.chars().skip(start).take(end - start).collect();
        let source = &finding["source"];
        let by_bytes = &sample::TEXT[number(&source["byte_start"])..number(&source["byte_end"])];
        assert_eq!(by_points, by_bytes);
        let line = sample::TEXT.lines().nth(number(&source["line"]) - 1).unwrap();
        let rest: String = line.chars().skip(number(&source["column"]) - 1).collect();
        assert!(rest.starts_with(by_points.lines().next().unwrap()), "{rest}");
    }
}

#[test]
fn a_line_a_finding_names_its_file() {
    let catalog = sample::catalog();
    let (act, findings) = (sample::act(), sample::findings());
    let out = render(&sample::checked(&act, &findings), Output::Ndjson, &sample::view(&catalog, Lang::Ru));
    let lines: Vec<serde_json::Value> =
        std::str::from_utf8(&out).unwrap().lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|it| it["path"] == "проба.txt"));
}

#[test]
fn a_stream_counts_in_the_text_of_the_record() {
    let catalog = sample::catalog();
    let (act, findings) = (sample::act(), sample::findings());
    let view = sample::view(&catalog, Lang::Ru);
    let found: Vec<_> = stream_findings(&act, sample::TEXT, &findings, &view).collect();
    expect![[r#"
        [
          {
            "factor": "discretion/may-formula",
            "rule": "competence.may",
            "level": "risk",
            "severity": "high",
            "start": 95,
            "end": 110,
            "words": "вправе отказать",
            "message": "Право вместо обязанности: «вправе отказать»",
            "remedy": "Назовите основания и срок.",
            "missing": [
              "grounds",
              "deadline"
            ],
            "fingerprint": "07070707070707070707070707070707"
          },
          {
            "factor": "burden/open-document-list",
            "rule": "documents.open-list",
            "level": "review",
            "severity": "high",
            "start": 156,
            "end": 172,
            "words": "иные документы",
            "message": "Перечень открыт: «иные документы»",
            "remedy": "Назовите основания и срок.",
            "missing": [
              "closed-list"
            ],
            "unknown": [
              "bounds"
            ],
            "fingerprint": "07070707070707070707070707070707"
          }
        ]"#]]
    .assert_eq(&serde_json::to_string_pretty(&found).unwrap());
}
