//! The program: a window, or a command.

use std::process::ExitCode;

use deployscope::cli::{self, Request};

fn main() -> ExitCode {
    match cli::run() {
        Request::Done(status) => ExitCode::from(status),
        Request::Window(scenario) => open_window(scenario),
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_: Option<String>) -> ExitCode {
    eprintln!("deployscope was built without its window; `deployscope simulate SCENARIO` prints the figures");
    ExitCode::FAILURE
}

#[cfg(feature = "gui")]
fn open_window(scenario: Option<String>) -> ExitCode {
    let _ = scenario;
    ExitCode::FAILURE
}
