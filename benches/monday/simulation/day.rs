//! The day itself: happenings in the order of their times.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bucket::Buckets;
use super::chance::{Chance, scaled};
use super::figures::{
    CONNECT_PLACES, DATABASE_PROCESSORS, EXPIRED, FIRST_LIMIT_WAIT, Figures, HANDS, LATE_BY, LAUNCH_PLACES,
    LIMIT_WAITS, PRESS, PROCESSORS, THINKING, TOKEN_LIFE,
};
use super::morning::Zones;
use super::station::{Job, Station};
use super::tally::Tally;
use super::way::{Kind, Step};
use super::{HOUR, Micros};

/// What is played.
#[derive(Clone, Debug)]
pub struct Plan {
    pub seed: u64,
    pub nodes: usize,
    pub portals: usize,
    /// How often the app is opened, all portals together.
    pub launches: usize,
    pub zones: Zones,
    /// Within how long every portal says that the app was updated, from nine o'clock on.
    pub update_within: Option<Micros>,
    pub figures: Figures,
}

/// A request under way.
#[derive(Clone, Debug)]
struct Request {
    kind: Kind,
    node: usize,
    portal: usize,
    arrived: Micros,
    step: usize,
    limit_waits: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Arrives(Kind, usize),
    /// The step that a request is at is over.
    Over(Job),
    /// The portal is called again.
    Again(Job),
}

struct Day<'p> {
    plan: &'p Plan,
    chance: Chance,
    ways: Vec<Vec<Step>>,
    happenings: BinaryHeap<Reverse<(Micros, u64, Happening)>>,
    number: u64,
    requests: Vec<Request>,
    nodes: Vec<Station>,
    under_way: Vec<[usize; 2]>,
    database: Station,
    hands: Station,
    buckets: Buckets,
    tally: Tally,
}

/// Plays a day to its end.
pub fn play(plan: &Plan) -> Tally {
    let mut day = Day {
        plan,
        chance: Chance::new(plan.seed),
        ways: Kind::ALL.iter().map(|kind| kind.way(&plan.figures)).collect(),
        happenings: BinaryHeap::new(),
        number: 0,
        requests: Vec::new(),
        nodes: (0..plan.nodes).map(|_| Station::new(PROCESSORS)).collect(),
        under_way: vec![[0; 2]; plan.nodes],
        database: Station::new(DATABASE_PROCESSORS),
        hands: Station::new(HANDS * plan.nodes),
        buckets: Buckets::default(),
        tally: Tally::default(),
    };
    day.invite();
    while let Some(Reverse((now, _, happening))) = day.happenings.pop() {
        match happening {
            Happening::Arrives(kind, portal) => day.arrive(kind, portal, now),
            Happening::Over(job) => day.over(job, now),
            Happening::Again(job) => day.call(job, now),
        }
    }
    day.closed()
}

impl Day<'_> {
    fn invite(&mut self) {
        for _ in 0..self.plan.launches {
            let at = self.plan.zones.arrival(&mut self.chance);
            let portal = self.somebodys();
            self.at(at, Happening::Arrives(Kind::Launch, portal));
        }
        if let Some(within) = self.plan.update_within {
            for portal in 0..self.plan.portals {
                let at = 9 * HOUR + scaled(within, self.chance.share());
                self.at(at, Happening::Arrives(Kind::Update, portal));
            }
        }
    }

    /// Few portals are large and most are small: the third power of an even share.
    fn somebodys(&mut self) -> usize {
        let share = self.chance.share();
        let portals = Micros::try_from(self.plan.portals).unwrap_or(Micros::MAX);
        usize::try_from(scaled(portals, share.powi(3))).unwrap_or_default()
    }

    fn at(&mut self, time: Micros, happening: Happening) {
        self.number += 1;
        self.happenings.push(Reverse((time, self.number, happening)));
    }

    fn arrive(&mut self, kind: Kind, portal: usize, now: Micros) {
        self.tally.arrived(kind, now);
        let node = self.chance.below(self.plan.nodes);
        if let Some((room, places)) = room(kind) {
            if self.under_way[node][room] == places {
                self.tally.shed += 1;
                return;
            }
            self.under_way[node][room] += 1;
        }
        self.requests.push(Request {
            kind,
            node,
            portal,
            arrived: now,
            step: 0,
            limit_waits: 0,
        });
        self.begin(self.requests.len() - 1, now);
    }

    /// Begins the step that a request is at.
    fn begin(&mut self, job: Job, now: Micros) {
        let request = &self.requests[job];
        let (kind, node, arrived) = (request.kind, request.node, request.arrived);
        let Some(step) = self.ways[kind as usize].get(request.step).copied() else {
            if kind == Kind::Update {
                self.tally.done += 1;
                self.tally.last_done = now;
                self.free_hand(now);
            }
            return;
        };
        let over = match step {
            Step::Processor(takes) => self.nodes[node].enter(job, takes, now),
            Step::Database(takes) => self.database.enter(job, takes, now),
            Step::Hand => self.hands.enter(job, 0, now),
            Step::Server(_) if kind == Kind::Update && now - arrived > TOKEN_LIFE => {
                self.tally.expired += 1;
                return self.free_hand(now);
            }
            Step::Wait(about) | Step::Server(about) => Some(now + self.about(about)),
            Step::Portal(_) => return self.call(job, now),
            Step::Answered => {
                self.answered(job, now);
                Some(now)
            }
        };
        if let Some(over) = over {
            self.at(over, Happening::Over(job));
        }
    }

    fn about(&mut self, median: Micros) -> Micros {
        self.chance.around(median, self.plan.figures.spread)
    }

    /// The portal is called, unless it takes no more: then a few more times, and no more after that.
    fn call(&mut self, job: Job, now: Micros) {
        let Request {
            kind,
            node,
            portal,
            step,
            ..
        } = self.requests[job];
        let Step::Portal(about) = self.ways[kind as usize][step] else {
            return;
        };
        if self.buckets.admits(portal, node, now) {
            let over = now + self.about(about);
            return self.at(over, Happening::Over(job));
        }
        let waits = self.requests[job].limit_waits;
        self.requests[job].limit_waits += 1;
        if waits < LIMIT_WAITS {
            let wait = scaled(FIRST_LIMIT_WAIT << waits, 0.5 + self.chance.share() / 2.0);
            return self.at(now + wait, Happening::Again(job));
        }
        self.tally.limited += 1;
        match room(kind) {
            Some((room, _)) => self.under_way[node][room] -= 1,
            None => self.free_hand(now),
        }
    }

    fn over(&mut self, job: Job, now: Micros) {
        let request = &mut self.requests[job];
        let (kind, node, step) = (request.kind, request.node, request.step);
        request.step += 1;
        let next = match self.ways[kind as usize][step] {
            Step::Processor(_) => self.nodes[node].leave(now),
            Step::Database(_) => self.database.leave(now),
            _ => None,
        };
        if let Some((job, over)) = next {
            self.at(over, Happening::Over(job));
        }
        self.begin(job, now);
    }

    fn free_hand(&mut self, now: Micros) {
        if let Some((job, over)) = self.hands.leave(now) {
            self.at(over, Happening::Over(job));
        }
    }

    fn answered(&mut self, job: Job, now: Micros) {
        let Request {
            kind,
            node,
            portal,
            arrived,
            ..
        } = self.requests[job];
        self.tally.answered(kind, now - arrived);
        if let Some((room, _)) = room(kind) {
            self.under_way[node][room] -= 1;
        }
        if kind == Kind::Launch && self.chance.share() < PRESS {
            let late = self.chance.share() < EXPIRED;
            let (kind, after) = if late {
                (Kind::ConnectLate, LATE_BY)
            } else {
                (Kind::Connect, 0)
            };
            let thinks = self.chance.wait(THINKING);
            self.at(now + after + thinks, Happening::Arrives(kind, portal));
        }
    }

    fn closed(mut self) -> Tally {
        let busiest = self.nodes.iter().map(Station::busiest_percent);
        self.tally.node_percent = busiest.fold(0.0, f64::max);
        self.tally.database_percent = self.database.busiest_percent();
        self.tally.inbox = self.hands.longest_queue;
        self.tally
    }
}

/// Which of a node's places a kind takes, and how many there are.
fn room(kind: Kind) -> Option<(usize, usize)> {
    match kind {
        Kind::Launch => Some((0, LAUNCH_PLACES)),
        Kind::Connect | Kind::ConnectLate => Some((1, CONNECT_PLACES)),
        Kind::Update => None,
    }
}
