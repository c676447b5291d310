//! What the engine knows, as typed tables compiled from the TOML files beside this crate.
