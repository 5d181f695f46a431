//! Our own widgets: one file each, drawn with the theme's tokens, named for assistive technology, usable from the keyboard.
//!
//! No widget holds a word of its own: every text is passed in.

mod capacity_picture;
mod chip;
mod event_mark;
mod field_row;
mod focus;
mod icon;
mod icon_button;
mod knob_slider;
mod level_handle;
mod log_row;
mod notice;
mod ribbon;
mod score_row;
mod section;
mod segmented;
mod slide;
mod strategy_row;
mod text_button;
mod text_row;

/// How far the light of a chosen or hovered row reaches beyond it on both sides, in points, so that its text stays aligned
/// with the rest of the panel. What holds rows must not cut this off.
pub const OVERHANG: f32 = 8.0;

pub use capacity_picture::CapacityPicture;
pub use chip::Chip;
pub use event_mark::{EventAsk, EventMark};
pub use field_row::{ChoiceRow, NumberRow};
pub use focus::ring;
pub use icon::{Icon, paint_pips};
pub use icon_button::IconButton;
pub use knob_slider::KnobSlider;
pub use level_handle::LevelHandle;
pub use log_row::LogRow;
pub use notice::{Notice, NoticeKind, NoticeResponse};
pub use ribbon::{Mark, Phase, PhaseLook, Ribbon, RibbonResponse};
pub use score_row::ScoreRow;
pub use section::Section;
pub use segmented::Segmented;
pub use strategy_row::StrategyRow;
pub use text_button::TextButton;
pub use text_row::{TextRow, TextRowResponse};
