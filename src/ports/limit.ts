/**
 * Runs work that may never end by itself, such as a user's regular expression; false when it was cut off after so many
 * seconds. What the work has changed by then stays changed.
 */
export type WithinTime = (work: () => void, seconds: number) => boolean;
