//! Runs tests that were compiled to WebAssembly, in Node or in a browser.
//!
//! The runner must be of the same release as the `wasm-bindgen` of the module that it runs. As a member of the workspace
//! it is locked together with it, so nothing has to be installed by hand. `cargo xtask test` builds and uses it.

use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
