//! Reads every preset with the program's own reader, so that a broken one stops the build with its line and column.

#![allow(dead_code, unused_imports, missing_docs)]

mod src {
    pub mod scenario;
    pub mod units;
}
use src::{scenario, units};

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=presets");
    println!("cargo::rerun-if-changed=src/scenario");
    println!("cargo::rerun-if-changed=src/scenario.rs");
    println!("cargo::rerun-if-changed=src/units.rs");
    let entries = match std::fs::read_dir("presets") {
        Ok(entries) => entries,
        Err(error) => {
            eprintln!("the folder `presets` cannot be read: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut code = ExitCode::SUCCESS;
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "ron")) {
        if let Err(error) = scenario::Scenario::read_file(Path::new(&path)) {
            eprintln!("{error}");
            code = ExitCode::FAILURE;
        }
    }
    code
}
