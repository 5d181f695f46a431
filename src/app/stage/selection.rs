//! What a person looks at on the stage, kept from frame to frame: what the keyboard is on, which instance is pinned, and
//! how near the groups are.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use eframe::egui::{Context, Pos2};

use super::census::Census;
use super::view::View;
use crate::timeline::Timeline;

/// A timeline of more instances is counted beside the window's thread.
const COUNTED_BESIDE: u32 = 100_000;

/// A thing on the stage that says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Those who send requests.
    Users,
    /// The load balancer.
    Balancer,
    /// The traffic from the load balancer to the instances.
    Stream,
    /// A group, by its place from above.
    Group(usize),
    /// An instance by its number.
    Instance(u32),
}

/// Which instance is looked at. Other views of the fleet share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The pinned instance, by its number.
    pub selected: Option<u32>,
    /// What the keyboard is on.
    pub spot: Option<Spot>,
}

impl Selection {
    /// Pins an instance, or lets it go where it is the pinned one.
    pub fn toggle(&mut self, instance: u32) {
        self.selected = if self.selected == Some(instance) { None } else { Some(instance) };
    }

    /// In a fleet of so many instances and groups, what is not there is not looked at.
    pub fn forget_beyond(&mut self, instances: u32, groups: usize) {
        self.selected = self.selected.filter(|number| *number < instances);
        self.spot = self.spot.filter(|spot| match spot {
            Spot::Users | Spot::Balancer | Spot::Stream => true,
            Spot::Group(at) => *at < groups,
            Spot::Instance(number) => *number < instances,
        });
    }
}

/// What was asked for on the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// What can be done with an instance, by its number, and where the menu is to open: a right click on it, or shift+F10.
    Menu {
        /// The instance.
        instance: u32,
        /// Where.
        at: Pos2,
    },
    /// Play or pause: the space bar, while the stage has the keyboard.
    PlayOrPause,
    /// To this moment: a click on the strip of the pinned instance's life.
    MoveTo(crate::units::Time),
}

/// What the stage keeps from frame to frame.
#[derive(Default)]
pub struct Kept {
    /// Which instance is looked at.
    pub selection: Selection,
    /// How near the groups are.
    pub view: View,
    /// Whether the stage takes the keyboard in the next frame.
    pub takes_keyboard: bool,
    /// Wheel turned and not yet used, in points.
    pub(super) wheel: f32,
    /// Pointer dragged and not yet used, in points.
    pub(super) dragged: f32,
    census: Counting,
}

/// The census of a large fleet, and of which change of the scenario.
#[derive(Default)]
struct Counting {
    of: Option<u64>,
    done: Arc<Census>,
    under_way: Option<(u64, Receiver<Census>)>,
}

impl Kept {
    /// Has the counts of a large timeline ready, or on their way. `revision` grows with every change of the scenario.
    pub fn follow(&mut self, ctx: &Context, timeline: &Arc<Timeline>, revision: u64) {
        let counting = &mut self.census;
        if let Some((of, answer)) = &counting.under_way {
            match answer.try_recv() {
                Ok(census) => (counting.of, counting.done, counting.under_way) = (Some(*of), Arc::new(census), None),
                Err(TryRecvError::Disconnected) => counting.under_way = None,
                Err(TryRecvError::Empty) => {}
            }
        }
        if counting.of == Some(revision) {
            return;
        }
        if !Census::is_needed(timeline) {
            (counting.of, counting.done) = (Some(revision), Arc::default());
        } else if timeline.instances() <= COUNTED_BESIDE {
            (counting.of, counting.done) = (Some(revision), Arc::new(Census::new(timeline)));
        } else {
            // What was counted of another timeline says nothing of this one.
            counting.done = Arc::default();
            if counting.under_way.is_none() {
                let (tell, answer) = channel();
                let (timeline, ctx) = (timeline.clone(), ctx.clone());
                std::thread::spawn(move || {
                    // Nobody listens where the window is gone.
                    let _ = tell.send(Census::new(&timeline));
                    ctx.request_repaint();
                });
                counting.under_way = Some((revision, answer));
            }
        }
    }

    pub(super) fn census(&self) -> Arc<Census> {
        self.census.done.clone()
    }
}
