//! The scenarios that come with the program, and those in the person's own presets folder.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use etcetera::BaseStrategy;

use crate::scenario::{Scenario, ScenarioError, Source, nearest};
use crate::text::presets as words;

/// A scenario that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Its text.
    pub ron: &'static str,
}

macro_rules! presets {
    ($($name:literal)*) => {
        &[$(Preset { name: $name, ron: include_str!(concat!("../presets/", $name, ".ron")) }),*]
    };
}

/// All of them: one for each strategy on the same fleet, situations that a person may recognise, and each strategy twice
/// more with a release that fails requests and with one that never gets healthy. The build script reads each, so a
/// broken one never gets this far.
pub const BUILT_IN: &[Preset] = presets! {
    "all-at-once" "in-place" "rolling" "rolling-with-additional-batch" "immutable" "traffic-splitting" "blue-green"
    "canary" "linear" "rolling-update" "ecs-rolling" "instance-refresh" "steps"
    "sale-day" "internal-tool" "long-draining-api" "slow-java-service" "kubernetes-defaults" "checkout-page"
    "argo-canary" "argo-canary-routed" "argo-blue-green" "flagger"
    "canary-catches-it" "linear-too-fast" "rolling-on-a-busy-day" "kubernetes-stuck" "codedeploy-flaky-host"
    "blue-green-long-dns" "latent-crash" "draining-too-short" "kubernetes-without-prestop" "kubernetes-with-prestop"
    "failing-all-at-once" "failing-in-place" "failing-rolling" "failing-rolling-with-additional-batch"
    "failing-immutable" "failing-traffic-splitting" "failing-blue-green" "failing-canary" "failing-linear"
    "failing-rolling-update" "failing-ecs-rolling" "failing-instance-refresh" "failing-steps"
    "stuck-all-at-once" "stuck-in-place" "stuck-rolling" "stuck-rolling-with-additional-batch" "stuck-immutable"
    "stuck-traffic-splitting" "stuck-blue-green" "stuck-canary" "stuck-linear" "stuck-rolling-update"
    "stuck-ecs-rolling" "stuck-instance-refresh" "stuck-steps"
};

/// How many of [`BUILT_IN`] are there for a strategy, one each. They come first.
pub const FOR_STRATEGIES: usize = 13;

/// How many of [`BUILT_IN`] are situations. They come next; the rest are failing counterparts of the first: all that
/// fail requests, then all that never get healthy, each in the same order.
pub const SITUATIONS: usize = 20;

impl Preset {
    /// Its text, ready to be read or changed.
    pub fn source(&self) -> Source {
        Source::new(self.ron, format!("preset {}", self.name))
    }

    /// The scenario.
    ///
    /// # Errors
    /// Never for one of [`BUILT_IN`]: the build script has read it.
    pub fn scenario(&self) -> Result<Scenario, ScenarioError> {
        self.source().read()
    }
}

/// The name and the description of each of [`BUILT_IN`] as they are written.
static WRITTEN: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let written = BUILT_IN.iter().map(|preset| match preset.scenario() {
        Ok(scenario) => (scenario.name, scenario.description),
        Err(_) => (preset.name.to_owned(), String::new()),
    });
    written.collect()
});

/// The name and the description of the built-in preset at a place in the list, in the language that is spoken.
pub fn shown(place: usize) -> Option<(&'static str, &'static str)> {
    let (preset, (name, description)) = (BUILT_IN.get(place)?, WRITTEN.get(place)?);
    Some((words::name(preset.name, name), words::description(preset.name, description)))
}

/// The same of the preset whose name is written so.
pub fn shown_of(written: &str) -> Option<(&'static str, &'static str)> {
    shown(WRITTEN.iter().position(|(name, _)| name == written)?)
}

/// Where a person's own presets are: `deployscope/presets` in the platform's configuration folder.
pub fn own_folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|base| base.config_dir().join("deployscope").join("presets"))
}

/// A person's own presets: name and path of every `.ron` file in `folder`, by name. Nothing where there is no folder.
pub fn own_in(folder: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(String, PathBuf)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron") && path.is_file())
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    found.sort();
    found
}

/// A person's own presets in their folder.
pub fn own() -> Vec<(String, PathBuf)> {
    own_folder().map(|folder| own_in(&folder)).unwrap_or_default()
}

/// Why a scenario could not be opened by its name.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is a file, but it cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ScenarioError),
    /// There is neither a file nor a preset of this name.
    #[error("no file and no preset is called `{name}`{hint}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Which presets come nearest, as the rest of the sentence.
        hint: String,
    },
}

/// Where the scenario of a name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file: one that was named, or an own preset.
    File(PathBuf),
    /// In the program.
    BuiltIn(Preset),
}

impl Place {
    /// Its text, ready to be read or changed.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn source(&self) -> Result<Source, ScenarioError> {
        match self {
            Place::File(path) => Source::from_file(path),
            Place::BuiltIn(preset) => Ok(preset.source()),
        }
    }
}

/// Opens a scenario by the path of a file, or by the name of a built-in or of an own preset. A file comes first.
///
/// # Errors
/// Where the file cannot be read, or nothing is called so.
pub fn open(name: &str) -> Result<Source, OpenError> {
    Ok(find(name)?.source()?)
}

/// Finds a scenario as [`open`] does.
///
/// # Errors
/// Where nothing is called so.
pub fn find(name: &str) -> Result<Place, OpenError> {
    let path = Path::new(name);
    if path.exists() || path.extension().is_some() || path.components().count() > 1 {
        return Ok(Place::File(path.to_owned()));
    }
    if let Some(preset) = BUILT_IN.iter().find(|preset| preset.name == name) {
        return Ok(Place::BuiltIn(*preset));
    }
    let own = own();
    if let Some((_, path)) = own.iter().find(|(own, _)| own == name) {
        return Ok(Place::File(path.clone()));
    }
    let known = BUILT_IN.iter().map(|preset| preset.name).chain(own.iter().map(|(name, _)| name.as_str()));
    let hint = match nearest(name, known) {
        Some(known) => format!("; did you mean `{known}`?"),
        None => "; `deployscope presets` lists the presets".to_owned(),
    };
    Err(OpenError::Unknown { name: name.to_owned(), hint })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::scenario::StrategyKind;
    use crate::timeline::Outcome;

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets");
        let mut names: Vec<&str> = BUILT_IN.iter().map(|preset| preset.name).collect();
        names.sort_unstable();
        assert_eq!(own_in(&folder).iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), names);
    }

    #[test]
    fn there_is_one_for_each_strategy_on_the_same_fleet() {
        let scenarios: Vec<Scenario> = BUILT_IN[..FOR_STRATEGIES].iter().map(|preset| preset.scenario().unwrap()).collect();
        assert_eq!(scenarios.iter().map(|s| s.strategy.kind()).collect::<Vec<_>>(), StrategyKind::ALL);
        for scenario in &scenarios {
            assert_eq!(
                (&scenario.fleet, &scenario.traffic, &scenario.timings),
                (&scenarios[0].fleet, &scenarios[0].traffic, &scenarios[0].timings)
            );
        }
    }

    #[test]
    fn a_preset_is_known_by_its_name() {
        for (place, preset) in BUILT_IN.iter().enumerate() {
            let scenario = preset.scenario().unwrap();
            let shown = (scenario.name.as_str(), scenario.description.as_str());
            // No two have the same name: it is found by it.
            assert_eq!(super::shown(place), Some(shown), "{}", preset.name);
            assert_eq!(shown_of(&scenario.name), Some(shown), "{}", preset.name);
        }
        assert_eq!(shown_of("A scenario of my own"), None);
    }

    #[test]
    fn each_says_what_to_watch_for_in_two_sentences() {
        for preset in BUILT_IN {
            let scenario = preset.scenario().unwrap();
            assert!(preset.ron.starts_with("//"), "{}: a comment comes first", preset.name);
            assert!(!scenario.name.is_empty(), "{}", preset.name);
            assert_eq!(scenario.description.matches(". ").count(), 1, "{}: two sentences", preset.name);
            assert!(scenario.description.contains("Watch"), "{}", preset.name);
        }
    }

    #[test]
    fn each_strategy_fails_twice_on_the_same_fleet() {
        let (healthy, failing) = (&BUILT_IN[..FOR_STRATEGIES], &BUILT_IN[FOR_STRATEGIES + SITUATIONS..]);
        assert_eq!(failing.len(), 2 * FOR_STRATEGIES);
        let (bad, stuck) = failing.split_at(FOR_STRATEGIES);
        for ((healthy, bad), stuck) in healthy.iter().zip(bad).zip(stuck) {
            assert_eq!((bad.name, stuck.name), (&*format!("failing-{}", healthy.name), &*format!("stuck-{}", healthy.name)));
            let [healthy, bad, stuck] = [healthy, bad, stuck].map(|preset| preset.scenario().unwrap());
            for failing in [&bad, &stuck] {
                assert_eq!((&failing.fleet, failing.traffic()), (&healthy.fleet, healthy.traffic()), "{}", failing.name);
                assert_eq!((&failing.timings, &failing.load_balancer), (&healthy.timings, &healthy.load_balancer), "{}", failing.name);
                assert_eq!(failing.strategy, healthy.strategy, "{}", failing.name);
            }
            // The same two faults everywhere, so that they compare.
            assert_eq!((bad.release.error_rate, bad.release.startup_failure), (0.2, 0.0), "{}", bad.name);
            assert_eq!((stuck.release.error_rate, stuck.release.startup_failure), (0.0, 1.0), "{}", stuck.name);
        }
    }

    #[test]
    fn each_ends_as_its_story_says() {
        for (i, preset) in BUILT_IN.iter().enumerate() {
            let expected = match preset.name {
                "kubernetes-stuck" | "codedeploy-flaky-host" => Outcome::Failed,
                "canary-catches-it" | "linear-too-fast" | "rolling-on-a-busy-day" | "latent-crash" => Outcome::RolledBack,
                _ if i >= FOR_STRATEGIES + SITUATIONS => Outcome::RolledBack,
                _ => Outcome::Succeeded,
            };
            assert_eq!(crate::simulate(&preset.scenario().unwrap()).unwrap().outcome(), expected, "{}", preset.name);
        }
    }

    #[test]
    fn a_wrong_name_names_the_nearest() {
        let message = |name| open(name).err().map(|e| e.to_string()).unwrap();
        assert_eq!(message("rollin"), "no file and no preset is called `rollin`; did you mean `rolling`?");
        assert_eq!(message("xyzzy"), "no file and no preset is called `xyzzy`; `deployscope presets` lists the presets");
    }
}
