//! What the simulated day of `benches/monday` is made of: queues that serve in order, limits that leak, chance that
//! repeats itself. Its tables are only as true as these.

#[path = "../../benches/monday/simulation/mod.rs"]
#[expect(dead_code, reason = "the bench prints more of a day than is looked at here")]
mod simulation;

use simulation::bucket::Buckets;
use simulation::chance::Chance;
use simulation::day::{Plan, play};
use simulation::figures::{Figures, HANDS, LAUNCH_PLACES};
use simulation::morning::Zones;
use simulation::station::Station;
use simulation::tally::Tally;
use simulation::way::Kind;
use simulation::{HOUR, MINUTE, Micros, SECOND};

fn plan() -> Plan {
    Plan {
        seed: 1,
        nodes: 1,
        portals: 1_000,
        launches: 2_000,
        zones: Zones::one(),
        update_within: None,
        figures: Figures::default(),
    }
}

fn seen(tally: &Tally) -> (usize, usize, Micros, u64, u64) {
    (
        tally.count(Kind::Launch),
        tally.count(Kind::Connect),
        tally.percentile(Kind::Connect, 99),
        tally.done,
        tally.last_done,
    )
}

#[test]
fn the_same_seed_gives_the_same_day_and_another_one_another() {
    let other = Plan { seed: 2, ..plan() };
    assert_eq!(seen(&play(&plan())), seen(&play(&plan())));
    assert_ne!(seen(&play(&plan())), seen(&play(&other)));
}

#[test]
fn who_comes_to_a_busy_station_waits_for_whoever_came_before() {
    let mut station = Station::new(1);
    assert_eq!(station.enter(1, 10, 0), Some(10));
    assert_eq!((station.enter(2, 10, 1), station.enter(3, 10, 2)), (None, None));
    assert_eq!(station.leave(10), Some((2, 20)));
    assert_eq!(station.leave(20), Some((3, 30)));
    assert_eq!(station.leave(30), None);
    assert_eq!(station.enter(4, 10, 40), Some(50));
    assert_eq!(station.longest_queue, 2);
}

#[test]
fn a_portal_takes_fifty_calls_at_once_and_then_two_a_second_from_each_node() {
    let mut buckets = Buckets::default();
    let mut admitted = |node, now| (0..100).filter(|_| buckets.admits(7, node, now)).count();
    assert_eq!(admitted(0, HOUR), 50);
    assert_eq!(admitted(1, HOUR), 50);
    assert_eq!(admitted(0, HOUR + 10 * SECOND), 20);
    assert_eq!(admitted(0, 2 * HOUR), 50);
}

#[test]
fn the_morning_has_its_peak_at_nine_wherever_it_is() {
    let mut chance = Chance::new(3);
    let hour_of = |zones: &Zones, chance: &mut Chance| {
        let mut hours = [0_usize; 24];
        for _ in 0..20_000 {
            hours[usize::try_from(zones.arrival(chance) / HOUR).unwrap()] += 1;
        }
        (0..24).max_by_key(|hour| hours[*hour]).unwrap()
    };
    let busiest = hour_of(&Zones::one(), &mut chance);
    assert!((8..=9).contains(&busiest), "{busiest}");
    // Nine o'clock in California is five in the afternoon in Greenwich.
    let busiest = hour_of(&Zones(vec![-16]), &mut chance);
    assert!((16..=17).contains(&busiest), "{busiest}");
}

#[test]
fn what_finds_no_place_is_shed_and_everything_else_is_answered() {
    let slow = Figures {
        server: 10 * MINUTE,
        spread: 0.0,
        ..Figures::default()
    };
    let tally = play(&Plan {
        figures: slow,
        ..plan()
    });
    let answered = u64::try_from(tally.count(Kind::Launch)).unwrap();
    assert!(tally.shed == 0 && answered == 2_000, "{tally:?}");
    let crowd = Plan {
        launches: 20_000,
        figures: Figures {
            server: 10 * MINUTE,
            spread: 0.0,
            ..Figures::default()
        },
        ..plan()
    };
    let tally = play(&crowd);
    let answered = u64::try_from(tally.count(Kind::Launch)).unwrap();
    assert!(tally.shed > 0 && answered > u64::try_from(LAUNCH_PLACES).unwrap());
    assert_eq!(answered + tally.shed, 20_000);
}

#[test]
fn events_that_wait_for_a_hand_longer_than_their_token_lives_are_lost() {
    let slow = Figures {
        server: MINUTE,
        spread: 0.0,
        ..Figures::default()
    };
    let flood = Plan {
        portals: HANDS * 200,
        launches: 0,
        update_within: Some(MINUTE),
        figures: slow,
        ..plan()
    };
    let tally = play(&flood);
    assert!(tally.expired > 0 && tally.done > 0);
    let all = u64::try_from(flood.portals).unwrap();
    assert_eq!(tally.expired + tally.done + tally.limited, all);
    let more = Plan { nodes: 8, ..flood };
    assert_eq!(play(&more).expired, 0, "more nodes have more hands");
}
