#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used)]
use std::sync::mpsc::{Receiver, channel};
use deployscope::app::files::{Choice, Chooser, Purpose};
use deployscope::app::{App, Model, Opened, theme};
use eframe::egui::accesskit::Role;
use eframe::egui::{Context, Key, Theme, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
struct Nobody;
impl Chooser for Nobody {
    fn choose(&mut self, _: Purpose, _: &str, _: &Context) -> Receiver<Choice> { channel().1 }
}
#[test]
fn look() {
    // LOOK="file:seconds:w x h:theme:keys;..."
    for spec in std::env::var("LOOK").unwrap().split(';') {
        let p: Vec<&str> = spec.split('|').collect();
        let (file, secs, size, th, keys) = (p[0], p[1], p[2], p[3], p.get(4).copied().unwrap_or(""));
        let (w, h) = size.split_once('x').unwrap();
        let opened = if file.ends_with(".ron") { Opened::file(std::path::Path::new(file)).unwrap() } else { Opened::named(file).unwrap() };
        let mut harness = Harness::builder()
            .with_size(vec2(w.parse().unwrap(), h.parse().unwrap()))
            .with_theme(if th == "dark" { Theme::Dark } else { Theme::Light })
            .with_step_dt(0.1).with_max_steps(20).with_context_setup(theme::install).with_render_cursor(false).wgpu()
            .build_eframe(move |_| App::new(Model::new(opened).unwrap(), Box::new(Nobody)));
        harness.key_press(Key::Space);
        harness.run();
        if secs == "failed" {
            let at = harness.state().model().timeline().failed_at().unwrap().as_secs_f64();
            let share = at / harness.state().model().end().as_secs_f64();
            harness.get_by_role_and_label(Role::Slider, "Time").set_value_accesskit(share);
        } else {
            let share = secs.parse::<f64>().unwrap() / harness.state().model().end().as_secs_f64();
            harness.get_by_role_and_label(Role::Slider, "Time").set_value_accesskit(share);
        }
        harness.run();
        for k in keys.split(',').filter(|k| !k.is_empty()) {
            if let Some(label) = k.strip_prefix('@') {
                let starts = label.to_owned();
                harness.get_by(move |n| n.role() == Role::Button && n.label().is_some_and(|l| l.starts_with(&starts))).click();
            } else if let Some(label) = k.strip_prefix('^') {
                let starts = label.to_owned();
                harness.get_by(move |n| n.label().is_some_and(|l| l.starts_with(&starts))).hover();
            } else {
                harness.key_press(Key::from_name(k).unwrap());
            }
            harness.run();
        }
        let image = harness.render().unwrap();
        let stem = std::path::Path::new(file).file_stem().unwrap().to_string_lossy().into_owned();
        let suffix: String = keys.chars().filter(|c| c.is_alphanumeric()).collect();
        image.save(format!("/tmp/c/out-{stem}-{secs}-{th}-{w}{suffix}.png")).unwrap();
    }
}
