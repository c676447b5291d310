//! Reading the text.

use requirements::{Diagnostic, MAX_BYTES};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The byte order mark that some editors put before a UTF-8 text. It is no part of the text.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads the text from a file, or from standard input where the name is `-`.
pub(crate) fn read(input: &Path) -> Result<String, Diagnostic> {
    let bytes = if input.as_os_str() == "-" {
        limited(io::stdin().lock())
    } else {
        File::open(input).and_then(limited)
    };
    decode(bytes.map_err(|error| unreadable(input, &error))?)
}

/// Reads a little more than is allowed at most, so that a text of any length is refused at the cost of a short one.
fn limited(source: impl Read) -> io::Result<Vec<u8>> {
    let most = MAX_BYTES + BYTE_ORDER_MARK.len() + 1;
    let mut bytes = Vec::new();
    source.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn decode(mut bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let mark = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    if bytes.len() - mark > MAX_BYTES {
        return Err(Diagnostic {
            what: format!("The text is longer than {MAX_BYTES} bytes (1 MiB)."),
            why: "A longer text is usually several documents in one, and their systems would be mixed up."
                .to_owned(),
            fix: "Give one product or subsystem at a time, or leave out appendices and logs.".to_owned(),
            span: None,
        });
    }
    let utf_16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    bytes.drain(..mark);
    String::from_utf8(bytes).map_err(|error| {
        let fault = error.utf8_error();
        let offset = mark + fault.valid_up_to();
        let byte = error.as_bytes()[fault.valid_up_to()];
        Diagnostic {
            what: format!(
                "The text is not valid UTF-8: byte 0x{byte:02X} at offset {offset} cannot stand there."
            ),
            why: "Guessing another encoding could change what the requirements say.".to_owned(),
            fix: if utf_16 {
                "It looks like UTF-16. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8 FILE"
                    .to_owned()
            } else {
                "Save it as UTF-8, or convert it, for instance: iconv -f WINDOWS-1252 -t UTF-8 FILE"
                    .to_owned()
            },
            span: None,
        }
    })
}

fn unreadable(input: &Path, error: &io::Error) -> Diagnostic {
    let (why, fix) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("There is no file of this name.", "Check the name, or write - to read standard input.")
        }
        io::ErrorKind::IsADirectory => ("It is a folder.", "Name the file with the requirements in it."),
        io::ErrorKind::PermissionDenied => {
            ("You may not read it.", "Ask for read permission, or copy the text.")
        }
        _ => ("The operating system refused.", "Check the file and the disk, and try again."),
    };
    Diagnostic {
        what: format!("Cannot read {}: {error}.", input.display()),
        why: why.to_owned(),
        fix: fix.to_owned(),
        span: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFA shop.".to_vec()).as_deref(), Ok("A shop."));
    }

    #[test]
    fn offsets_count_from_the_start_of_the_file() {
        let error = decode(b"\xEF\xBB\xBFab\xFF".to_vec()).unwrap_err();
        assert!(error.what.contains("byte 0xFF at offset 5"), "{}", error.what);
    }

    #[test]
    fn the_longest_text_is_read_and_one_byte_more_is_not() {
        assert_eq!(decode(vec![b'a'; MAX_BYTES]).map(|text| text.len()), Ok(MAX_BYTES));
        assert!(decode(vec![b'a'; MAX_BYTES + 1]).is_err());
        let marked = [BYTE_ORDER_MARK, &vec![b'a'; MAX_BYTES]].concat();
        assert_eq!(decode(marked).map(|text| text.len()), Ok(MAX_BYTES));
    }

    #[test]
    fn utf_16_is_named() {
        let error = decode(b"\xFF\xFEA\0".to_vec()).unwrap_err();
        assert!(error.fix.contains("UTF-16"), "{}", error.fix);
    }
}
