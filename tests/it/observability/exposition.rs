//! What `/metrics` answers, read as Prometheus reads it.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
}

impl Kind {
    pub fn named(word: &str) -> Self {
        match word {
            "counter" => Self::Counter,
            "gauge" => Self::Gauge,
            "histogram" => Self::Histogram,
            other => panic!("{other} is no kind of metric that is wanted here"),
        }
    }
}

/// One series, without what a histogram adds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    pub name: String,
    pub labels: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
pub struct Exposition {
    pub help: BTreeMap<String, String>,
    pub kinds: BTreeMap<String, Kind>,
    samples: BTreeMap<Series, f64>,
}

impl Exposition {
    pub fn read(text: &str) -> Self {
        let mut read = Self::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(help) = line.strip_prefix("# HELP ") {
                let (name, help) = help.split_once(' ').unwrap();
                read.help.insert(name.into(), help.into());
            } else if let Some(kind) = line.strip_prefix("# TYPE ") {
                let (name, kind) = kind.split_once(' ').unwrap();
                read.kinds.insert(name.into(), Kind::named(kind));
            } else {
                let (series, value) = line.rsplit_once(' ').unwrap();
                let known = read
                    .samples
                    .insert(Self::series_of(series), value.parse().unwrap());
                assert!(known.is_none(), "{series} is there twice");
            }
        }
        read
    }

    fn series_of(text: &str) -> Series {
        let (name, labels) = text.split_once('{').unwrap_or((text, "}"));
        let labels = labels.trim_end_matches('}');
        let labels = labels.strip_suffix('"').unwrap_or(labels);
        let pairs = labels.split("\",").filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (name, value) = pair.split_once("=\"").unwrap();
            (name.to_owned(), value.to_owned())
        };
        Series {
            name: name.to_owned(),
            labels: pairs.map(pair).collect(),
        }
    }

    /// The value of a series, in Prometheus's words; 0 for none.
    pub fn value(&self, series: &str) -> f64 {
        self.samples
            .get(&Self::series_of(series))
            .copied()
            .unwrap_or_default()
    }

    /// All series, without those that a histogram is made of.
    pub fn series(&self) -> BTreeSet<Series> {
        self.samples.keys().map(|series| self.whole(series)).collect()
    }

    fn whole(&self, series: &Series) -> Series {
        let parts = ["_bucket", "_sum", "_count"];
        let part = parts.iter().find_map(|part| series.name.strip_suffix(part));
        let histogram = part.filter(|name| self.kinds.get(*name) == Some(&Kind::Histogram));
        let mut series = series.clone();
        if let Some(name) = histogram {
            name.clone_into(&mut series.name);
            series.labels.remove("le");
        }
        series
    }

    /// Kinds of those metrics that have a description.
    pub fn described_kinds(&self) -> BTreeMap<String, Kind> {
        let kind = |(name, kind): (&String, &Kind)| (name.clone(), *kind);
        let described = |(name, _): &(&String, &Kind)| self.help.contains_key(*name);
        self.kinds.iter().filter(described).map(kind).collect()
    }

    /// Kind and labels of each metric that has a series.
    pub fn metrics(&self) -> BTreeMap<String, (Kind, BTreeSet<String>)> {
        let one = |series: Series| {
            let kind = *self
                .kinds
                .get(&series.name)
                .unwrap_or_else(|| panic!("{series:?} has no type"));
            (series.name, (kind, series.labels.into_keys().collect()))
        };
        self.series().into_iter().map(one).collect()
    }
}
