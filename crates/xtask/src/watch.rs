//! Noticing that a source changed.

use crate::process::root;
use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// What the site is made of.
const SOURCES: [&str; 5] = ["crates", "references", "site", "Cargo.toml", "package-lock.json"];

/// How long no further change must come before one is reported: a checkout or a formatter touches many files.
const QUIET: Duration = Duration::from_millis(200);

/// Watches the sources for as long as it lives.
pub(crate) struct Sources {
    changes: Receiver<()>,
    _watcher: RecommendedWatcher,
}

impl Sources {
    /// Starts watching.
    pub(crate) fn watch() -> Result<Self> {
        let (sender, changes) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| changes_something(&event)) {
                // The receiver is gone when the program ends; then nobody needs to know.
                let _ = sender.send(());
            }
        })
        .context("cannot watch files on this system")?;
        for source in SOURCES {
            let path = root().join(source);
            watcher
                .watch(&path, RecursiveMode::Recursive)
                .with_context(|| format!("cannot watch {}", path.display()))?;
        }
        Ok(Self { changes, _watcher: watcher })
    }

    /// Waits until something changed and the changes have come to rest.
    pub(crate) fn wait(&self) {
        if self.changes.recv().is_err() {
            return;
        }
        while self.changes.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {}
    }
}

/// A build reads every source; being read is not a change.
fn changes_something(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, AccessMode, CreateKind};

    #[test]
    fn reading_is_no_change() {
        assert!(!changes_something(&Event::new(EventKind::Access(AccessKind::Open(AccessMode::Read)))));
        assert!(changes_something(&Event::new(EventKind::Create(CreateKind::File))));
    }
}
