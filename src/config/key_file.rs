//! The key beside an embedded database: made once, readable by its owner alone.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::seal::{KeyId, MasterKey};

/// Reads `DATABASE.key`, or makes it; says so by giving its path. The fault never holds the content.
pub(super) fn read_or_make(database: &Path) -> Result<(MasterKey, Option<PathBuf>), String> {
    let path = beside(database);
    if path.exists() { read(&path) } else { make(&path) }
}

/// Reads `DATABASE.key`, which must be there.
pub(super) fn read_beside(database: &Path) -> Result<(MasterKey, Option<PathBuf>), String> {
    let path = beside(database);
    if path.exists() {
        return read(&path);
    }
    let path = path.display();
    Err(format!(
        "is not set, and there is no key file {path}: give the keys that the service has"
    ))
}

fn read(path: &Path) -> Result<(MasterKey, Option<PathBuf>), String> {
    let fault = |why: &dyn std::fmt::Display| format!("in {} {why}", path.display());
    let line = std::fs::read_to_string(path).map(Zeroizing::new);
    let line = line.map_err(|error| fault(&format!("cannot be read: {}", error.kind())))?;
    Ok((
        MasterKey::parse(line.trim()).map_err(|error| fault(&error))?,
        None,
    ))
}

/// Where the key of a database lies.
pub(super) fn beside(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".key");
    path.into()
}

fn make(path: &Path) -> Result<(MasterKey, Option<PathBuf>), String> {
    let fault = |error: &dyn std::fmt::Display| format!("cannot be made in {}: {error}", path.display());
    let key = KeyId::parse("embedded")
        .map_err(|error| fault(&error))
        .and_then(|id| MasterKey::generate(id).map_err(|error| fault(&error)))?;
    // Written aside and linked into place: whoever reads finds no file or a whole one, and the first one wins. Under a
    // name of its own: in a container every process has the same number, and what one left behind would stop the next.
    let aside = path.with_extension(format!("key.{}", Uuid::new_v4()));
    let written = write_aside(&aside, &key).and_then(|()| std::fs::hard_link(&aside, path));
    let _ = std::fs::remove_file(&aside);
    match written {
        Ok(()) => Ok((key, Some(path.to_owned()))),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.exists() => read(path),
        Err(error) => Err(fault(&error.kind())),
    }
}

fn write_aside(aside: &Path, key: &MasterKey) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(aside)?;
    file.write_all(key.to_line().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("app.db");
        let (first, made) = read_or_make(&database).unwrap();
        let path = made.unwrap();
        assert_eq!(path, folder.path().join("app.db.key"));
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let (second, made) = read_or_make(&database).unwrap();
        assert!(made.is_none());
        assert_eq!(*first.to_line(), *second.to_line());
    }

    #[test]
    fn what_a_process_left_behind_that_was_killed_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let left = format!("app.db.key.{}", std::process::id());
        std::fs::write(folder.path().join(left), "embedded:half").unwrap();
        let (_, made) = read_or_make(&folder.path().join("app.db")).unwrap();
        assert!(made.is_some());
    }

    #[test]
    fn a_damaged_key_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("app.db");
        std::fs::write(folder.path().join("app.db.key"), "embedded:half").unwrap();
        let fault = read_or_make(&database).unwrap_err();
        assert!(fault.contains("app.db.key") && !fault.contains("half"), "{fault}");
    }
}
