//! Home of the workspace-wide tests.
