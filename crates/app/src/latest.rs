//! Which text the engine works on: one at a time, and after it the latest, whatever was typed in between.

/// Hands out jobs so that at most one runs and at most one waits.
#[derive(Debug)]
pub(crate) struct Latest<T> {
    last_id: u32,
    running: Option<u32>,
    waiting: Option<T>,
}

impl<T> Latest<T> {
    pub(crate) fn new() -> Self {
        Self { last_id: 0, running: None, waiting: None }
    }

    /// Takes a job; gives it back with its number if it is to be started now.
    pub(crate) fn submit(&mut self, job: T) -> Option<(u32, T)> {
        if self.running.is_some() {
            self.waiting = Some(job);
            return None;
        }
        Some(self.begin(job))
    }

    /// Notes that a job has ended; gives the next one, if any. An answer to another job than the running one is late
    /// and changes nothing.
    pub(crate) fn finish(&mut self, id: u32) -> Option<(u32, T)> {
        if self.running != Some(id) {
            return None;
        }
        self.running = None;
        self.waiting.take().map(|job| self.begin(job))
    }

    /// Forgets the running job, as when its worker is gone.
    pub(crate) fn abandon(&mut self) {
        self.running = None;
        self.waiting = None;
    }

    /// Whether everything that was submitted has been answered.
    pub(crate) fn is_idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_none()
    }

    /// Whether this is the number of the running job.
    pub(crate) fn is_running(&self, id: u32) -> bool {
        self.running == Some(id)
    }

    fn begin(&mut self, job: T) -> (u32, T) {
        self.last_id = self.last_id.wrapping_add(1);
        self.running = Some(self.last_id);
        (self.last_id, job)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_latest_waits() {
        let mut queue = Latest::new();
        assert_eq!(queue.submit("a"), Some((1, "a")));
        assert_eq!(queue.submit("b"), None);
        assert_eq!(queue.submit("c"), None);
        assert!(!queue.is_idle());
        assert_eq!(queue.finish(1), Some((2, "c")));
        assert!(queue.is_running(2));
        assert_eq!(queue.finish(2), None);
        assert!(queue.is_idle());
    }

    #[test]
    fn late_answers_change_nothing() {
        let mut queue = Latest::new();
        queue.submit("a");
        queue.abandon();
        assert!(queue.is_idle());
        assert_eq!(queue.submit("b"), Some((2, "b")));
        queue.submit("c");
        assert_eq!(queue.finish(1), None, "job 1 was abandoned");
        assert!(queue.is_running(2));
        assert_eq!(queue.finish(2), Some((3, "c")));
    }
}
