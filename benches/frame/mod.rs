//! What every bench needs: servers as processes of their own, whose processor time and memory are theirs alone; a
//! closed loop of senders; a fresh database for each run; and the table in which each figure stands beside that of
//! a baseline measured in the same minutes.
//!
//! Nothing leaves this machine. Machines differ and are busy in different ways, so only ratios within one report
//! mean anything.

#![allow(dead_code, reason = "each bench uses its part of the frame")]

pub mod burst;
pub mod database;
pub mod program;
pub mod report;
pub mod served;
pub mod town;
