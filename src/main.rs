//! The program: a window, or a command.

use std::process::ExitCode;

use deployscope::cli::{self, Request};
use deployscope::text::language::Language;

fn main() -> ExitCode {
    match cli::run() {
        Request::Done(status) => ExitCode::from(status),
        Request::Window { scenario, language } => open_window(scenario, language),
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_: Option<String>, _: Option<Language>) -> ExitCode {
    cli::say("deployscope was built without its window; `deployscope simulate SCENARIO` prints the figures");
    ExitCode::FAILURE
}

#[cfg(feature = "gui")]
fn open_window(scenario: Option<String>, language: Option<Language>) -> ExitCode {
    use deployscope::app::{self, Opened, WindowError};
    use deployscope::presets::OpenError;
    use deployscope::text::controls as words;
    use std::io::IsTerminal as _;

    let opened = scenario.as_deref().map_or_else(app::first_scenario, Opened::named);
    let problem = match opened {
        Ok(opened) => match app::run(opened, language) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(WindowError::NoWindow(why)) => words::no_window(&why),
            Err(WindowError::TooLong(error)) => format!("error: {}: {error}", scenario.unwrap_or_default()),
        },
        Err(OpenError::Unreadable(error)) => error.render(std::io::stderr().is_terminal()),
        Err(error @ OpenError::Unknown { .. }) => format!("error: {error}"),
    };
    cli::say(&problem);
    ExitCode::FAILURE
}
