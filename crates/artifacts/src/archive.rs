//! The ZIP archive of a design.

use crate::File;
use std::io::{self, Write};

/// The files as one ZIP archive: the same bytes for the same files, on every machine.
///
/// Entries are stored, not compressed, with the first date that the format knows: no clock is read and no compressor's
/// version shows in the bytes.
pub fn zip(files: &[File]) -> Vec<u8> {
    // Writing to memory cannot fail.
    write(files).unwrap_or_default()
}

fn write(files: &[File]) -> io::Result<Vec<u8>> {
    let fail = |error: rawzip::Error| io::Error::other(error.to_string());
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    // 1980-01-01, the first date of the format.
    let first = rawzip::time::UtcDateTime::from_unix(315_532_800);
    for file in files {
        let (mut entry, config) = archive
            .new_file(&file.path)
            .compression_method(rawzip::CompressionMethod::STORE)
            .last_modified(first)
            .start()
            .map_err(fail)?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(file.contents.as_bytes())?;
        let (_, descriptor) = writer.finish().map_err(fail)?;
        entry.finish(descriptor).map_err(fail)?;
    }
    archive.finish().map_err(fail)?;
    Ok(bytes)
}
