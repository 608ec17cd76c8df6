/** How many places of each reason are remembered. */
const maxPlaces = 10;

/** What was left out: how often for which reason, and where the first ones of each stood. */
export class Rejections {
  readonly counts: Record<string, number> = {};
  /** As `file:line`, or the file alone. */
  readonly places: Record<string, string[]> = {};

  add(reason: string, place: { file?: string; line?: number } = {}): void {
    this.counts[reason] = (this.counts[reason] ?? 0) + 1;
    this.places[reason] ??= [];
    const places = this.places[reason];
    if (place.file === undefined || places.length >= maxPlaces) return;
    places.push(place.line === undefined ? place.file : `${place.file}:${place.line}`);
  }
}
