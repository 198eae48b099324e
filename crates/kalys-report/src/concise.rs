//! One line a finding, as compilers write it, for editors and `grep`.

use std::fmt::Write;

use crate::names::Named;
use crate::text::{clean, locate};
use crate::{Checked, View};

/// Lines `path:line:column: level factor rule: message`.
pub(crate) fn act(checked: &Checked, view: &View) -> Vec<u8> {
    let mut out = String::with_capacity(checked.findings.len() * 256);
    for finding in checked.findings {
        locate(&mut out, checked, finding.span);
        let factor = &view.catalog.factor(finding.factor).key;
        let rule = &view.catalog.rule(finding.rule).name;
        let message = finding.message.get(view.phrases.lang()).replace('\n', " ");
        // Writing to a string cannot fail.
        let _ = writeln!(out, ": {} {factor} {rule}: {}", finding.level.code(), clean(&message));
    }
    out.into_bytes()
}
