//! A web server for this machine alone, and the loop that keeps what it serves up to date.

use crate::build::dist;
use crate::offline;
use crate::process::{cargo, run};
use crate::watch::Sources;
use anyhow::{Context, Result, anyhow};
use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

const FIRST_PORT: u16 = 8080;

/// How many ports are tried.
const PORTS: u16 = 20;

/// How many requests are answered at once; a browser opens six connections.
const WORKERS: usize = 6;

/// Builds the site, serves it, and builds it again at every change. Ends only by a signal.
pub(crate) fn serve(port: Option<u16>) -> Result<()> {
    let sources = Sources::watch()?;
    rebuild()?;
    let server = Arc::new(bind(port)?);
    let address = server.server_addr();
    for _ in 0..WORKERS {
        let server = Arc::clone(&server);
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                answer(request, &dist());
            }
        });
    }
    loop {
        eprintln!("serving http://{address}/ (stop with Ctrl-C)");
        sources.wait();
        if let Err(error) = rebuild() {
            eprintln!("error: {error:#}\nthe last good build is still served; waiting for the next change");
        }
    }
}

/// Builds by a new run of this program: the pages are made by a crate that is compiled into it.
fn rebuild() -> Result<()> {
    run(&mut cargo(["xtask", "build"]))
}

/// Listens on this machine's own address, which no other machine reaches: at the port, or at the first free one.
fn bind(port: Option<u16>) -> Result<Server> {
    let listen =
        |port| Server::http(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(|error| anyhow!(error));
    if let Some(port) = port {
        return listen(port)
            .with_context(|| format!("cannot serve at port {port}; name another with --port"));
    }
    (FIRST_PORT..FIRST_PORT + PORTS)
        .find_map(|port| listen(port).ok())
        .with_context(|| format!("no free port from {FIRST_PORT} on; name one with --port"))
}

/// Answers a request; a client that went away is no error.
fn answer(request: Request, folder: &Path) {
    let _ = match find(request.method(), request.url(), folder) {
        Found::File(path) => match File::open(&path) {
            Ok(file) => request.respond(
                Response::from_file(file)
                    .with_header(header("Content-Type", media_type(&path)))
                    // Every build may change every file.
                    .with_header(header("Cache-Control", "no-cache"))
                    .with_header(header("X-Content-Type-Options", "nosniff")),
            ),
            Err(error) => plain(request, status_of(&error)),
        },
        Found::Moved(to) => {
            request.respond(Response::empty(StatusCode(307)).with_header(header("Location", &to)))
        }
        Found::Nothing(status) => plain(request, status),
    };
}

fn plain(request: Request, status: u16) -> io::Result<()> {
    let status = StatusCode(status);
    request.respond(Response::from_string(status.default_reason_phrase()).with_status_code(status))
}

fn status_of(error: &io::Error) -> u16 {
    // A build that is just moving into place looks like a missing file.
    if error.kind() == io::ErrorKind::NotFound { 404 } else { 500 }
}

fn header(name: &'static str, value: &str) -> Header {
    // Names and media types are constants; a location is a request path, which HTTP has already restricted to ASCII.
    Header::from_bytes(name, value).unwrap_or_else(|()| unreachable!("`{name}: {value}` is a valid header"))
}

/// What a request leads to.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    File(PathBuf),
    Moved(String),
    Nothing(u16),
}

/// The file that a request names. Nothing outside the folder can be named: a path is taken apart, and each part must be
/// a plain name.
fn find(method: &Method, url: &str, folder: &Path) -> Found {
    if !matches!(method, Method::Get | Method::Head) {
        return Found::Nothing(405);
    }
    let address = url.split(['?', '#']).next().unwrap_or_default();
    let Some(path) = decode(address) else { return Found::Nothing(400) };
    let relative = Path::new(path.trim_start_matches('/'));
    if path.contains(['\0', '\\']) || !relative.components().all(|part| matches!(part, Component::Normal(_)))
    {
        return Found::Nothing(404);
    }
    // The worker would answer from what it kept before the last build.
    if relative == Path::new(offline::WORKER) {
        return Found::Nothing(404);
    }
    let file = folder.join(relative);
    if !file.is_dir() {
        return if file.is_file() { Found::File(file) } else { Found::Nothing(404) };
    }
    // Without the slash, the relative links of the page would lead one folder too high.
    if !address.ends_with('/') {
        return Found::Moved(format!("/{}/", address.trim_start_matches('/')));
    }
    let index = file.join("index.html");
    if index.is_file() { Found::File(index) } else { Found::Nothing(404) }
}

/// Takes percent signs out of a path.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The media types of what a build writes. A browser runs a module or compiles WebAssembly only under its right one.
fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" | "ts" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    fn site() -> TempDir {
        let parent = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(parent.path().join("dist/guides")).expect("the folders are created");
        for file in ["secret.txt", "dist/index.html", "dist/guides/index.html", "dist/a b.css"] {
            fs::write(parent.path().join(file), file).expect("the file is written");
        }
        parent
    }

    #[test]
    fn addresses_lead_to_files() {
        let parent = site();
        let dist = parent.path().join("dist");
        let found = |url| find(&Method::Get, url, &dist);
        assert_eq!(found("/"), Found::File(dist.join("index.html")));
        assert_eq!(found("/?theme=dark"), Found::File(dist.join("index.html")));
        assert_eq!(found("/a%20b.css"), Found::File(dist.join("a b.css")));
        assert_eq!(found("/guides/"), Found::File(dist.join("guides/index.html")));
        assert_eq!(found("/guides"), Found::Moved("/guides/".to_owned()));
        assert_eq!(found("/none"), Found::Nothing(404));
        fs::write(dist.join(offline::WORKER), "").expect("the file is written");
        assert_eq!(found("/sw.js"), Found::Nothing(404));
        assert_eq!(find(&Method::Post, "/", &dist), Found::Nothing(405));
    }

    #[test]
    fn nothing_outside_the_folder_is_found() {
        let parent = site();
        let dist = parent.path().join("dist");
        for url in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/guides/../../secret.txt",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/..\\secret.txt",
            "/..%5csecret.txt",
            "/%00",
        ] {
            assert_eq!(find(&Method::Get, url, &dist), Found::Nothing(404), "{url}");
        }
        for url in ["/%", "/%zz", "/%ff"] {
            assert_eq!(find(&Method::Get, url, &dist), Found::Nothing(400), "{url}");
        }
    }

    #[test]
    fn a_folder_is_never_redirected_to_another_host() {
        let parent = site();
        assert_eq!(
            find(&Method::Get, "//guides", &parent.path().join("dist")),
            Found::Moved("/guides/".to_owned())
        );
    }
}
