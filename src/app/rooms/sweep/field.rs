//! A field that is varied, and the range that a person gives it.

use eframe::egui::{Button, Key, Popup, PopupCloseBehavior, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::app::find::find;
use crate::app::widgets::{Chip, TextButton, TextRow};
use crate::scenario::Scenario;
use crate::study::offers::{Field, Offer};
use crate::study::vary::Kind;
use crate::text::sweep as words;

/// A field and its range.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Varied {
    pub(super) field: Field,
    pub(super) kind: Kind,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) step: f64,
}

impl Varied {
    /// The range as it is offered.
    pub(super) fn new(offer: &Offer) -> Varied {
        Varied { field: offer.field.clone(), kind: offer.kind, from: offer.from, to: offer.to, step: offer.step }
    }

    /// Another scenario offers other fields: what is still there keeps its range, unless it counts what the fleet has.
    pub(super) fn followed(&self, offers: &[Offer], before: &[Offer]) -> Option<Varied> {
        let offer = offers.iter().find(|offer| offer.field == self.field)?;
        let usual = |offer: &Offer| (offer.from, offer.to, offer.step);
        let offered_before = before.iter().find(|offer| offer.field == self.field);
        let other_fleet = offer.kind == Kind::Count && offered_before.is_some_and(|before| usual(before) != usual(offer));
        Some(if other_fleet || offer.kind != self.kind { Varied::new(offer) } else { self.clone() })
    }

    /// Whether between two values there is nothing: so many instances, so many checks, shares of a fleet that are rounded.
    pub(super) fn is_stepped(&self) -> bool {
        let Field::Path(path) = &self.field else { return false };
        match self.kind {
            Kind::Count => true,
            Kind::Percent => !matches!(path.as_str(), "strategy.percent" | "strategy.new_version_percent"),
            Kind::Number => path == "fleet.instances" || path.ends_with("_threshold"),
            Kind::Duration => false,
        }
    }
}

/// Which field: a menu that is searched by typing. `none` offers none of them.
pub(super) fn menu(ui: &mut Ui, scenario: &Scenario, offers: &[Offer], chosen: Option<&Field>, none: bool) -> Option<Option<Field>> {
    let name = |field: &Field| words::field(field, scenario);
    let shown = chosen.map_or_else(|| words::none().to_owned(), name);
    let said = if none { words::and_menu(&shown) } else { words::vary_menu(&shown) };
    let chip = ui.add(Chip::new(&shown, &said).menu().widest(ui.available_width()));
    let id = chip.id.with("typed");
    let mut picked = None;
    let popup = Popup::menu(&chip).gap(4.0).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        ui.set_width(248.0);
        let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
        let search = TextEdit::singleline(&mut typed).hint_text(words::search()).desired_width(f32::INFINITY);
        let search = ui.add(search);
        search.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, words::search()));
        if chip.clicked() {
            search.request_focus();
        }
        let entered = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.data_mut(|data| data.insert_temp(id, typed.clone()));
        let tallest = (ui.ctx().content_rect().height() - 240.0).max(160.0);
        ScrollArea::vertical().max_height(tallest).show(ui, |ui| {
            if none && typed.is_empty() && ui.add(Button::selectable(chosen.is_none(), words::none())).clicked() {
                picked = Some(None);
            }
            let texts = |offer: &Offer| vec![name(&offer.field), path(&offer.field).to_owned()];
            let mut found = find(&typed, offers, texts).into_iter().filter_map(|place| offers.get(place)).peekable();
            if entered && let Some(first) = found.peek() {
                picked = Some(Some(first.field.clone()));
            }
            for offer in found {
                let entry = ui.add(Button::selectable(chosen == Some(&offer.field), name(&offer.field)).truncate());
                if entry.on_hover_text(path(&offer.field)).clicked() {
                    picked = Some(Some(offer.field.clone()));
                }
            }
        });
        if picked.is_some() {
            ui.data_mut(|data| data.remove::<String>(id));
            ui.close();
        }
    });
    picked
}

/// The path that a field has in a scenario.
fn path(field: &Field) -> &str {
    match field {
        Field::Path(path) => path,
        Field::TurnsBadAt => "failures.events[].at (TurnBad)",
        Field::DiesAt => "failures.events[].at (Kill)",
    }
}

/// From, to and step; whether one was changed.
pub(super) fn range(ui: &mut Ui, varied: &mut Varied, offer: Option<&Offer>) -> bool {
    let before = varied.clone();
    let kind = varied.kind;
    let mut row = |label: &str, value: &mut f64| {
        if let Some(read) = TextRow::new(label, &words::typed(kind, *value)).show(ui, |text| words::read(kind, text)).value {
            *value = read;
        }
    };
    row(words::from(), &mut varied.from);
    row(words::to(), &mut varied.to);
    row(words::step(), &mut varied.step);
    if let Some(usual) = offer.map(Varied::new).filter(|usual| usual != varied)
        && ui.add(TextButton::new(words::usual_range()).filled()).clicked()
    {
        *varied = usual;
    }
    before != *varied
}
