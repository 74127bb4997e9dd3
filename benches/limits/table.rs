//! Figures beside their limits.

use std::fmt;

/// A figure, and what it must not exceed, if anything.
pub struct Line {
    name: &'static str,
    figure: f64,
    limit: Option<f64>,
}

impl Line {
    pub fn at_most(name: &'static str, figure: f64, limit: f64) -> Self {
        Self {
            name,
            figure,
            limit: Some(limit),
        }
    }

    /// To be read, and not judged.
    pub fn just(name: &'static str, figure: f64) -> Self {
        Self {
            name,
            figure,
            limit: None,
        }
    }

    fn holds(&self) -> bool {
        self.limit.is_none_or(|limit| self.figure <= limit)
    }
}

/// All figures on one database.
pub struct Table {
    heading: &'static str,
    lines: Vec<Line>,
}

impl Table {
    pub fn new(heading: &'static str) -> Self {
        let lines = Vec::new();
        Self { heading, lines }
    }

    pub fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    pub fn holds(&self) -> bool {
        self.lines.iter().all(Line::holds)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| {} | measured | at most | |\n|---|---:|---:|---|",
            self.heading
        )?;
        for line in &self.lines {
            let limit = line.limit.map_or("–".to_owned(), |limit| format!("{limit:.0}"));
            let verdict = match line.limit {
                Some(_) if line.holds() => "holds",
                Some(_) => "**exceeded**",
                None => "",
            };
            writeln!(f, "| {} | {:.1} | {limit} | {verdict} |", line.name, line.figure)?;
        }
        Ok(())
    }
}
