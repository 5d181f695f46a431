//! The Watch room, opened for a test and operated by role and name as a person or a screen reader does.
#![allow(dead_code, reason = "not every test file does everything")]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};

use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::settings::Store;
use deployscope::app::{App, Keeping, Model, Opened, theme};
use deployscope::scenario::Scenario;
use eframe::egui::accesskit::Role;
use eframe::egui::{Context, Key, Modifiers, Vec2, vec2};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

/// Answers of a person who never hesitates.
#[derive(Clone, Default)]
pub struct Answers(Rc<RefCell<VecDeque<Choice>>>);

impl Chooser for Answers {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> {
        let (tell, answer) = channel();
        if let Some(choice) = self.0.borrow_mut().pop_front() {
            tell.send(choice).unwrap();
        }
        answer
    }
}

pub struct Room {
    pub harness: Harness<'static, App>,
    pub answers: Answers,
}

/// The room on the reference deployment, paused at its start.
pub fn room() -> Room {
    room_of(Opened::named("rolling").unwrap(), vec2(1280.0, 800.0), 1.0)
}

/// The room on the reference deployment, paused at its start, as the window of `store` was left.
pub fn room_remembering(store: Store, size: Vec2) -> Room {
    let mut room = built(Opened::named("rolling").unwrap(), size, 1.0, Some(store), Keeping::nothing());
    room.keys(&[Key::Space, Key::Home]);
    room
}

pub fn room_of(opened: Opened, size: Vec2, pixels_per_point: f32) -> Room {
    let mut room = built(opened, size, pixels_per_point, None, Keeping::nothing());
    room.keys(&[Key::Space, Key::Home]);
    room
}

/// The room with what it keeps outside of itself, playing.
pub fn room_keeping(opened: Opened, size: Vec2, pixels_per_point: f32, keeping: Keeping) -> Room {
    built(opened, size, pixels_per_point, None, keeping)
}

fn built(opened: Opened, size: Vec2, pixels_per_point: f32, store: Option<Store>, keeping: Keeping) -> Room {
    let answers = Answers::default();
    let chooser = answers.clone();
    let harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels_per_point)
        .with_step_dt(0.1)
        .with_max_steps(20)
        .with_context_setup(theme::install)
        .build_eframe(move |creation| {
            let app = App::new(Model::new(opened).unwrap(), Box::new(chooser)).keeping(keeping);
            match store {
                Some(store) => app.remembering(&creation.egui_ctx, store),
                None => app,
            }
        });
    Room { harness, answers }
}

impl Room {
    /// Until nothing moves; what plays is given a moment.
    pub fn run(&mut self) {
        if self.harness.run_ok().is_none() && !self.harness.state().model().clock.is_playing() {
            self.harness.run();
        }
    }

    pub fn keys(&mut self, keys: &[Key]) {
        for &key in keys {
            self.harness.key_press(key);
            self.run();
        }
    }

    pub fn chord(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    pub fn node<'t>(&'t self, role: Role, name: &'t str) -> Node<'t> {
        self.harness.get_by_role_and_label(role, name)
    }

    pub fn click(&mut self, role: Role, name: &str) {
        self.node(role, name).scroll_to_me();
        self.run();
        self.node(role, name).click();
        self.run();
    }

    pub fn choose(&mut self, strategy: &str) {
        self.click(Role::RadioButton, strategy);
    }

    pub fn has(&self, label: &str) -> bool {
        self.harness.query_by_label(label).is_some()
    }

    /// How a row of the scorecard begins.
    pub fn score(&self, row: &str) -> String {
        let start = format!("{row}: ");
        let row = self.harness.get_by(|node| matches!(node.role(), Role::Label | Role::Button) && said(node).starts_with(&start));
        said(&row.accesskit_node())
    }

    pub fn stage(&self) -> String {
        let figure = self.harness.get_by(|node| node.role() == Role::Figure && said(node).starts_with("Stage"));
        said(&figure.accesskit_node())
    }

    pub fn t(&self) -> u64 {
        self.harness.state().model().clock.t().as_us() / 1_000
    }

    pub fn scenario(&self) -> &Scenario {
        self.harness.state().model().scenario()
    }

    pub fn answer(&self, choice: Choice) {
        self.answers.0.borrow_mut().push_back(choice);
    }
}

/// What a node says: a control's name, or a text itself.
pub fn said(node: &AccessKitNode<'_>) -> String {
    node.label().or_else(|| node.value()).unwrap_or_default()
}
