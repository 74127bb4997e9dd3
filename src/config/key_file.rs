//! The key beside an embedded database: made once, readable by its owner alone.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::seal::{KeyId, MasterKey};

/// Reads `DATABASE.key`, or makes it; says so by giving its path. The fault never holds the content.
pub(super) fn read_or_make(database: &Path) -> Result<(MasterKey, Option<PathBuf>), String> {
    let path = beside(database);
    match std::fs::read_to_string(&path).map(Zeroizing::new) {
        Ok(line) => {
            let key = MasterKey::parse(line.trim());
            Ok((
                key.map_err(|fault| format!("in {} {fault}", path.display()))?,
                None,
            ))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => make(&path),
        Err(error) => Err(format!("in {} cannot be read: {}", path.display(), error.kind())),
    }
}

fn beside(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".key");
    path.into()
}

fn make(path: &Path) -> Result<(MasterKey, Option<PathBuf>), String> {
    let fault = |error: &dyn std::fmt::Display| format!("cannot be made in {}: {error}", path.display());
    let key = KeyId::parse("embedded")
        .map_err(|error| fault(&error))
        .and_then(|id| MasterKey::generate(id).map_err(|error| fault(&error)))?;
    let mut file = match OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        Ok(file) => file,
        Err(error) => return Err(fault(&error.kind())),
    };
    let written = file
        .write_all(format!("{}\n", *key.to_line()).as_bytes())
        .and_then(|()| file.sync_all());
    written.map_err(|error| fault(&error.kind()))?;
    Ok((key, Some(path.to_owned())))
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
    fn a_damaged_key_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("app.db");
        std::fs::write(folder.path().join("app.db.key"), "embedded:half").unwrap();
        let fault = read_or_make(&database).unwrap_err();
        assert!(fault.contains("app.db.key") && !fault.contains("half"), "{fault}");
    }
}
