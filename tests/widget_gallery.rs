//! Every widget in its states, side by side in both themes, as a picture.
#![cfg(feature = "gui")]

use deployscope::app::theme::{self, Text, Theme, Tone};
use deployscope::app::widgets::{
    CapacityPicture, ChoiceRow, Icon, IconButton, KnobSlider, LogRow, Mark, Notice, NoticeKind, NumberRow, Phase, PhaseLook, Ribbon,
    ScoreRow, Section, Segmented, StrategyRow, TextRow, paint_pips,
};
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Frame, Margin, Rect, Sense, Stroke, Theme as EguiTheme, Ui, UiBuilder, pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};

const ICONS: [Icon; 25] = [
    Icon::Play,
    Icon::Pause,
    Icon::StepBack,
    Icon::StepForward,
    Icon::ToStart,
    Icon::ToEnd,
    Icon::ChevronDown,
    Icon::ChevronRight,
    Icon::HalfCircle,
    Icon::Question,
    Icon::Fork,
    Icon::User,
    Icon::Check,
    Icon::ArrowDown,
    Icon::Start,
    Icon::Heartbeat,
    Icon::Cross,
    Icon::Crack,
    Icon::Bell,
    Icon::Back,
    Icon::Drain,
    Icon::Plus,
    Icon::Minus,
    Icon::Exclamation,
    Icon::Information,
];

const ROLLING: [(f32, f32); 2] = [(0.0, 0.7), (0.75, 0.9)];
const IMMUTABLE: [(f32, f32); 4] = [(0.0, 1.0), (0.46, 1.1), (0.55, 2.0), (0.93, 1.0)];
const ALL_AT_ONCE: [(f32, f32); 3] = [(0.0, 1.0), (0.1, 0.0), (0.9, 1.0)];

/// Forward, then noticed late, then back.
fn failing_phases() -> Vec<Phase> {
    let ends = [
        ("batch 1", 0.25, PhaseLook::Forward),
        ("unnoticed", 0.45, PhaseLook::Halted),
        ("batch 1", 0.75, PhaseLook::Back),
        ("batch 2", 1.0, PhaseLook::Back),
    ];
    let mut from = 0.0;
    let phases = ends.map(|(label, to, look)| {
        let phase = Phase { label: label.into(), from, to, look };
        from = to;
        phase
    });
    phases.into()
}

fn phases(n: u32) -> Vec<Phase> {
    (0..n)
        .map(|i| Phase {
            label: format!("batch {}", i + 1),
            from: f64::from(i) / f64::from(n),
            to: f64::from(i + 1) / f64::from(n),
            look: PhaseLook::Forward,
        })
        .collect()
}

/// What a person could have changed.
struct Values {
    room: usize,
    open: bool,
    folded: bool,
    batch: u32,
    instances: u32,
    demand: f64,
    choice: usize,
    phases: Vec<Phase>,
    many_phases: Vec<Phase>,
}

impl Values {
    fn new() -> Self {
        Values {
            room: 0,
            open: true,
            folded: false,
            batch: 3,
            instances: 10,
            demand: 800.0,
            choice: 1,
            phases: phases(4),
            many_phases: phases(5000),
        }
    }
}

fn left(ui: &mut Ui, values: &mut Values) {
    Section::new("Strategy").show(ui, |ui| {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(StrategyRow::new("All at once", &ALL_AT_ONCE, "1:20"));
            ui.add(StrategyRow::new("Rolling", &ROLLING, "6:40").chosen(true));
            ui.add(StrategyRow::new("Immutable", &IMMUTABLE, "5:00"));
            ui.add(StrategyRow::new("Rolling with additional batch", &IMMUTABLE, "11:40"));
        });
    });
    ui.separator();
    Section::new("Rolling").show(ui, |ui| {
        ui.add(NumberRow::new("Batch", &mut values.batch, 1..=10).unit("instances"));
        ui.add(KnobSlider::new("Batch size", &mut values.batch, 1..=10));
        ui.label(Text::Small.rich("30 % of 10 = 3 instances, 4 batches").color(Theme::of(ui).text_dim));
        ui.add(ChoiceRow::new("Counted in", &mut values.choice, &["instances", "per cent"]));
    });
    ui.separator();
    Section::collapsible("Fleet and traffic", &mut values.open).show(ui, |ui| {
        ui.add(NumberRow::new("Instances", &mut values.instances, 1..=1000));
        ui.add(NumberRow::new("Demand", &mut values.demand, 0.0..=1e6).unit("req/s"));
        TextRow::new("Drain", "20 s").show(ui, |_| Ok::<(), String>(()));
        TextRow::new("Install", "3 min 20 s").show(ui, |_| Err::<(), _>("write it like 3 min 20 s".to_owned()));
    });
    ui.separator();
    Section::collapsible("Health check", &mut values.folded).show(ui, |_| ());
    ui.add_enabled_ui(false, |ui| {
        ui.add(NumberRow::new("Not now", &mut values.instances, 1..=1000));
        ui.add(IconButton::new(Icon::Plus, "Add nothing"));
    });
}

fn right(ui: &mut Ui, values: &mut Values) {
    Section::new("What it meant").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add(ScoreRow::new("Duration", "6 min 40 s"));
        ui.add(ScoreRow::new("Downtime", "none").delta("−40 s", Tone::Good));
        ui.add(ScoreRow::new("Below demand", "5 min 0 s").delta("+40 s", Tone::Bad));
        ui.add(ScoreRow::new("Lowest capacity", "70 %").delta("−30 %", Tone::Bad).flash(1.0));
        ui.add(ScoreRow::new("Next step", "redeploy the old version, by hand").asked(true));
        ui.add(ScoreRow::new("Extra cost, in instance hours", "1,234,567.8 h").delta("+1.2 h", Tone::Neutral));
    });
    ui.add_space(12.0);
    Section::new("What happened").show(ui, |ui| {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(LogRow::new("1:40", "Batch 2 draining"));
            ui.add(LogRow::new("2:00", "Batch 2 installing").current(true));
            ui.add(LogRow::new("2:30", "i-05 failed its health check").tone(Tone::Bad));
            ui.add(LogRow::new("11:45:30", "A long line that does not fit in its row at all"));
        });
    });
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        let _ = ui.button("Rolling, three at a time");
        let _ = ui.add(egui::Button::new("Open").frame(false));
        let _ = ui.add_enabled(false, egui::Button::new("Undo"));
    });
    ui.checkbox(&mut values.open, "Shade the downtime");
    ui.add_space(12.0);
    ui.add(CapacityPicture::new(&ROLLING, "capacity"));
    ui.label(Text::Narration.rich("Batch 2 of 4: draining 04, 05"));
    ui.label(Text::Title.rich("deployscope"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(Text::Clock.rich("2:14"));
        ui.label(Text::ClockRest.rich("of 6:40").color(Theme::of(ui).text_dim));
    });
    ui.label("0123456789 × ≤ ≥ ± → − … ü ñ ł µ ½");
}

fn icons(ui: &mut Ui) {
    let theme = Theme::of(ui);
    for (size, width) in [(12.0, 1.5), (20.0, 2.0), (26.0, 2.4)] {
        let (rect, _) = ui.allocate_exact_size(vec2(ICONS.len() as f32 * 26.0, 32.0), Sense::hover());
        for (i, icon) in ICONS.iter().enumerate() {
            let cell = Rect::from_min_size(pos2(rect.left() + i as f32 * 26.0, rect.top()), vec2(26.0, 32.0));
            icon.paint(ui.painter(), Rect::from_center_size(cell.center(), vec2(size, size)), theme.text, width);
        }
    }
    let (rect, _) = ui.allocate_exact_size(vec2(620.0, 64.0), Sense::hover());
    let tiles = [
        (theme.version_old, theme.on_version_old, Icon::Check, "v1"),
        (theme.version_new, theme.on_version_new, Icon::Check, "v2"),
        (theme.version_new, theme.on_version_new, Icon::Heartbeat, "check"),
        (theme.version_old_soft, theme.text, Icon::Drain, "drain"),
        (theme.version_new_soft, theme.text, Icon::ArrowDown, "install"),
        (theme.version_new_soft, theme.text, Icon::Start, "start"),
        (theme.failed, theme.on_failed, Icon::Cross, "failed"),
        (theme.failed_soft, theme.text, Icon::Exclamation, "soft"),
        (theme.tile, theme.text_dim, Icon::Plus, "launch"),
        (theme.tile, theme.text_dim, Icon::Minus, "end"),
    ];
    for (i, (fill, mark, icon, label)) in tiles.into_iter().enumerate() {
        let tile = Rect::from_min_size(rect.min + vec2(i as f32 * 60.0, 0.0), vec2(52.0, 64.0));
        ui.painter().rect_filled(tile, 8, fill);
        icon.paint(ui.painter(), Rect::from_center_size(tile.center() - vec2(0.0, 8.0), vec2(20.0, 20.0)), mark, 2.4);
        Text::Label.paint(ui.painter(), tile.with_min_y(tile.bottom() - 24.0), egui::Align2::CENTER_CENTER, label, mark);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(200.0, 16.0), Sense::hover());
    paint_pips(ui.painter(), Rect::from_min_size(rect.min, vec2(48.0, 16.0)), theme.version_new, 2, 3);
    paint_pips(ui.painter(), Rect::from_min_size(rect.min + vec2(64.0, 0.0), vec2(48.0, 16.0)), theme.version_new, 12, 30);
}

fn page(ui: &mut Ui, values: &mut Values) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        Segmented::new("Rooms")
            .tab("Watch")
            .tab("Compare")
            .tab_with_hover("Sweep", "How the outcome changes with one number")
            .disabled_tab("Odds", "Needs failures or jitter")
            .show(ui, &mut values.room);
        ui.add_space(24.0);
        for (icon, name) in [(Icon::ToStart, "To start"), (Icon::StepBack, "Step back")] {
            ui.add(IconButton::new(icon, name));
        }
        ui.add(IconButton::new(Icon::Pause, "Pause").primary());
        ui.add(IconButton::new(Icon::Play, "Play").primary());
        for (icon, name) in [(Icon::StepForward, "Step forward"), (Icon::ToEnd, "To end")] {
            ui.add(IconButton::new(icon, name));
        }
        ui.add(IconButton::new(Icon::HalfCircle, "Theme").outlined());
        ui.add(IconButton::new(Icon::Question, "Help").outlined());
    });
    ui.add_space(8.0);
    Notice::new(NoticeKind::Information, "The scenario has changed on disk.").closable("Close").show(ui);
    Notice::new(NoticeKind::Warning, "Demand is above what the fleet can serve.").show(ui);
    Notice::new(NoticeKind::Error, &"No instance can serve: the service is down. ".repeat(4)).closable("Close error").show(ui);
    Notice::new(NoticeKind::Error, &"Nothing may stop and nothing may start. ".repeat(4)).lines(3).show(ui);
    ui.add_space(8.0);
    let marks = [
        Mark { label: "batch 1 done".into(), at: 0.25, tone: Tone::Good, icon: None },
        Mark { label: "i-05 failed".into(), at: 0.45, tone: Tone::Bad, icon: None },
        Mark { label: "demand rises".into(), at: 0.6, tone: Tone::Neutral, icon: None },
        Mark { label: "below demand".into(), at: 0.7, tone: Tone::Warning, icon: None },
    ];
    Ribbon::new("Time", &values.phases, 0.335).marks(&marks).value_text("2:14 of 6:40").show(ui);
    let marks = [
        Mark { label: "alarm".into(), at: 0.25, tone: Tone::Bad, icon: Some(Icon::Bell) },
        Mark { label: "goes back".into(), at: 0.45, tone: Tone::Warning, icon: Some(Icon::Back) },
        Mark { label: "failed".into(), at: 0.9, tone: Tone::Bad, icon: Some(Icon::Cross) },
    ];
    Ribbon::new("Time of a failure", &failing_phases(), 0.6).marks(&marks).show(ui);
    Ribbon::new("Time of many", &values.many_phases, 0.7).show(ui);
    ui.add_space(4.0);
    icons(ui);
    ui.separator();
    ui.horizontal_top(|ui| {
        for part in [left, right] {
            Frame::new().fill(theme.panel).stroke(Stroke::new(1.0, theme.line)).inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
                ui.vertical(|ui| {
                    ui.set_width(240.0);
                    part(ui, values);
                });
            });
        }
    });
}

fn gallery(ui: &mut Ui, values: &mut [Values; 2]) {
    let whole = ui.ctx().content_rect();
    for (i, (which, values)) in [EguiTheme::Light, EguiTheme::Dark].into_iter().zip(values).enumerate() {
        let half = Rect::from_min_size(whole.min + vec2(i as f32 * 700.0, 0.0), vec2(700.0, whole.height()));
        let style = ui.ctx().style_of(which);
        ui.scope_builder(UiBuilder::new().id_salt(i).max_rect(half), |ui| {
            ui.set_style(style);
            ui.painter().rect_filled(half, 0, Theme::of(ui).panel);
            ui.scope_builder(UiBuilder::new().max_rect(half.shrink(24.0)), |ui| page(ui, values));
        });
    }
}

fn harness<'a>() -> Harness<'a, [Values; 2]> {
    let mut harness = Harness::builder()
        .with_size(vec2(1400.0, 1240.0))
        .with_theme(EguiTheme::Light)
        .with_context_setup(theme::install)
        .with_render_cursor(false)
        .wgpu()
        .build_ui_state(gallery, [Values::new(), Values::new()]);
    harness.run();
    harness
}

#[test]
fn at_rest() {
    harness().snapshot("widgets");
}

#[test]
fn with_an_error_a_focus_and_a_menu() {
    let mut harness = harness();
    let mut do_in_both = |role: Role, label: &str, nth: usize, act: &dyn Fn(egui_kittest::Node<'_>)| {
        act(harness.get_all_by_role_and_label(role, label).nth(nth).unwrap_or_else(|| panic!("no {label}")));
        harness.run();
    };
    for nth in [0, 1] {
        do_in_both(Role::TextInput, "Install", nth, &|field| field.set_text_value_accesskit("soon"));
    }
    do_in_both(Role::ComboBox, "Counted in", 0, &|choice| choice.click());
    do_in_both(Role::Slider, "Batch size", 1, &|slider| slider.focus());
    harness.snapshot("widgets_in_use");
}
