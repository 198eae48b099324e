//! The program as its users meet it: `tests/cmd`. `TRYCMD=overwrite` rewrites what is expected.

use kalys_tests::root;

#[test]
fn commands() {
    let none = root().join("tests/no-such-folder");
    trycmd::TestCases::new()
        .register_bin("kalys", std::path::Path::new(crate::PROGRAM))
        .env("LC_ALL", "C")
        .env("XDG_CONFIG_HOME", none.to_string_lossy())
        .env("COLUMNS", "100")
        .timeout(std::time::Duration::from_secs(60))
        .case(root().join("tests/cmd/*.trycmd"))
        .case(root().join("tests/cmd/*.toml"))
        .run();
}
