//! A copy of the sources, so that nobody's work is touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// The copy.
pub(crate) struct Copy {
    folder: PathBuf,
}

impl Copy {
    /// Copies whatever git knows or would take in.
    pub(crate) fn of(root: &Path) -> Result<Self> {
        let folder = root.join("target/mutations/sources");
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()?;
        ensure!(listed.status.success(), "git lists no files");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for name in listed
            .stdout
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty())
        {
            let name = Path::new(std::str::from_utf8(name)?);
            let (from, to) = (root.join(name), folder.join(name));
            // Deleted and not yet committed.
            if !from.exists() {
                continue;
            }
            fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
            fs::copy(&from, &to).with_context(|| from.display().to_string())?;
        }
        Ok(Self { folder })
    }

    /// Where it lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file of it.
    pub(crate) fn read(&self, file: &Path) -> Result<String> {
        fs::read_to_string(self.folder.join(file)).with_context(|| file.display().to_string())
    }

    /// Changes a file of it.
    pub(crate) fn write(&self, file: &Path, text: &str) -> Result<()> {
        fs::write(self.folder.join(file), text).with_context(|| file.display().to_string())
    }
}
