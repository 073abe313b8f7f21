// A reader in; what several questions about it have in common, made when the first of them is asked, out. Next: report.ts, survivors.ts, queries.ts.
import type { RecordingReader } from "../store/reader.ts";
import type { Groups } from "./groups.ts";
import { largest, type Ranking, rankSites, type Site, siteGroups } from "./sites.ts";
import { type Timeline, timelinesOf } from "./timeline.ts";
import { type RankedTypes, rankTypes, typeGroups } from "./types.ts";

export class Views {
  readonly #reader: RecordingReader;
  readonly #kept: boolean;
  #siteGroups: Groups<Site> | undefined;
  #shown: Groups<Site> | undefined;
  #typeGroups: Groups<string> | undefined;
  #siteTimeline: Timeline | undefined;
  #typeTimeline: Timeline | undefined;
  #sites: Ranking | undefined;
  #types: RankedTypes | undefined;
  #verified: ReturnType<RecordingReader["verify"]> | undefined;

  /** `kept`: more will be asked than now, so that what is read is read for all of it. */
  constructor(reader: RecordingReader, kept: boolean) {
    this.#reader = reader;
    this.#kept = kept;
  }

  get siteGroups(): Groups<Site> {
    this.#siteGroups ??= siteGroups(this.#reader);
    return this.#siteGroups;
  }
  get sites(): Ranking {
    this.#sites ??= rankSites(this.#shownSites, this.#timelineOfSites(), this.siteGroups.rows.length);
    return this.#sites;
  }
  get types(): RankedTypes {
    this.#types ??= rankTypes(this.#groupsOfTypes, this.#timelineOfTypes());
    return this.#types;
  }
  get verified(): ReturnType<RecordingReader["verify"]> {
    this.#verified ??= this.#reader.verify();
    return this.#verified;
  }

  get #shownSites(): Groups<Site> {
    this.#shown ??= largest(this.siteGroups);
    return this.#shown;
  }
  get #groupsOfTypes(): Groups<string> {
    this.#typeGroups ??= typeGroups(this.#reader);
    return this.#typeGroups;
  }

  #timelineOfSites(): Timeline {
    if (this.#kept) this.#readBoth();
    this.#siteTimeline ??= this.#alone(this.#shownSites);
    return this.#siteTimeline;
  }
  #timelineOfTypes(): Timeline {
    if (this.#kept) this.#readBoth();
    this.#typeTimeline ??= this.#alone(this.#groupsOfTypes);
    return this.#typeTimeline;
  }

  #alone(groups: Groups<unknown>): Timeline {
    const [timeline] = timelinesOf(this.#reader, [groups]);
    return timeline ?? { times: [], live: new Float64Array(), liveBytes: new Float64Array() };
  }
  #readBoth(): void {
    if (this.#siteTimeline && this.#typeTimeline) return;
    [this.#siteTimeline, this.#typeTimeline] = timelinesOf(this.#reader, [this.#shownSites, this.#groupsOfTypes]);
  }
}
