"""A report or an audit and the number of runs in; what each run leaks, with a sentence, out. Used by plugin.py."""

# As the report asks it: growth in more than two thirds of the intervals.
STEADY_FROM = 0.7
# Less than one object in so many runs is left to the noise of the slope.
LEAST_A_RUN = 0.05
FRAMES_SHOWN = 4


class Finding:
    def __init__(self, references, text, broken=False):
        self.references = references
        self.text = text
        # A rule of the C API that no number of references allows.
        self.broken = broken


def recording_findings(report, runs):
    """What grew steadily, in objects a run. Memory that is no object counts by itself alone: else it belongs to an object."""
    seconds = report["recording"]["seconds"]
    objects, blocks = [], []
    for site in report["lifecycle"]["sites"]:
        a_run = site["growthPerSecond"] * seconds / max(1, runs)
        if (site["steadiness"] or 0) >= STEADY_FROM and a_run >= LEAST_A_RUN:
            what = site["type"] if site["type"] is not None else "block of %s memory" % site["domain"]
            a_run = _near_whole(a_run)
            text = "%g %s a run, %d live after %d runs: %s" % (a_run, what, site["live"], runs, _place(site["frames"]))
            (blocks if site["type"] is None else objects).append(Finding(a_run, text))
    return objects or blocks


def audit_findings(audit, runs):
    """What the audited functions keep, and the rules that they break."""
    kept = {"leaked-reference", "extra-reference"}
    found = []
    for finding in audit["references"]["findings"] + audit["errors"]["findings"]:
        place = "" if finding["file"] is None else " (%s:%s)" % (finding["file"], finding["line"])
        text = "%s%s %s" % (finding["sentence"], place, finding["fix"])
        references = _near_whole(finding["count"] / max(1, runs)) if finding["rule"] in kept else 0
        found.append(Finding(references, text, broken=finding["rule"] not in kept))
    return found


def _near_whole(value):
    """A slope of 1.01 objects a run is one a run."""
    return round(value) if abs(value - round(value)) < 0.1 * max(1, value) and round(value) > 0 else round(value, 2)


def _place(frames):
    # From where the plugin calls the test, it is the same for all.
    ours = next((at for at, frame in enumerate(frames) if frame["file"].endswith("pytest_refscope/plugin.py")), len(frames))
    shown = ["%s at %s:%s" % (frame["function"], frame["file"], frame["line"]) for frame in frames[: min(ours, FRAMES_SHOWN)]]
    return " < ".join(shown) or "an unknown place"
