/** The doors to this machine: time, the runner, files, Git, Docker. */
import type { Clean } from '../hostile/text.ts';

/** Time. Every wait has an end and hears cancellation. */
export interface Clock {
  /** Epoch seconds, fractional. */
  now(): number;
  /** Resolves after so many seconds, or at once (without throwing) when the signal aborts. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}

/** The secrets of this run: they grow while it runs (STS, OIDC, ECR), before their first use. */
export interface Secrets {
  /** Registers a value to be redacted everywhere, and masks it in the runner's log. */
  add(value: string): void;
  /** Redacts what a regular expression of the user matches, too. It must be a valid one. */
  addPattern(source: string): void;
  /** Shows another word for these digits (an account id) wherever people read. It is no secret: programs get it. */
  hide(digits: string, shown: string): void;
  /** For people: known values (and their URL and base64 forms) and what looks like a secret as `***`, hidden digits replaced. */
  redact(text: string): string;
  /** For programs (outputs, tags, files): as `redact`, but hidden digits stay. */
  redactValue(text: string): string;
}

/** Where an annotation points: a file of the repository, 1-based lines and columns. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly title?: Clean;
}

/** The GitHub Actions runner: its environment, log, and command files. */
export interface Runner {
  /** The environment of the step, as the runner gave it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The webhook payload of the event (`GITHUB_EVENT_PATH`), or an empty object. Throws a Failure for a file that is none. */
  event(): unknown;
  /** Prints lines that can never act as workflow commands. */
  print(text: Clean): void;
  /** Opens a folded group in the log; groups do not nest. */
  group(title: Clean): void;
  endGroup(): void;
  notice(message: Clean, place?: Place): void;
  warning(message: Clean, place?: Place): void;
  error(message: Clean, place?: Place): void;
  output(name: string, value: string): void;
  /** Appends Markdown to the job summary (at most 1 MiB a step). */
  summary(markdown: Clean): Promise<void>;
  /** Keeps a value for the post step of this action; never a secret. */
  save(name: string, value: string): void;
  saved(name: string): string;
}

/** A member of a directory. Links are not followed. */
export interface DirectoryEntry {
  readonly name: string;
  /** `other`: a socket, a pipe, a device. */
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits, set-user-id, set-group-id and sticky bit included (`0o7777`). */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Where a link leads, as it is written; '' for others. */
  readonly target: string;
}

/** Files of the runner's machine. Paths are absolute or relative to the workspace. */
export interface Files {
  read(path: string): Promise<string | undefined>;
  /** A file byte for byte, links followed. Rejects when there is none. */
  bytes(path: string): Promise<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** The members of a directory, in no order; none when there is no such directory. */
  list(path: string): Promise<readonly DirectoryEntry[]>;
  /** Hex sha256 of a file, read in pieces. */
  sha256(path: string): Promise<string>;
  /** Bytes that this user can still write to the file system that holds `path`; `undefined` when it does not tell. */
  freeBytes(path: string): Promise<number | undefined>;
  /** A fresh directory only this user can read, below the runner's temp. */
  temporaryDirectory(prefix: string): Promise<string>;
  /** Only this user can read what is written. */
  write(path: string, text: string): Promise<void>;
  /** A symbolic link at `path` that leads to `target`. */
  link(target: string, path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The checked-out commit, read from Git's object store; `undefined` when there is no checkout. */
export interface CheckedOut {
  readonly sha: string;
  readonly parents: readonly string[];
}

export interface Checkout {
  head(): Promise<CheckedOut | undefined>;
  /** Tracked files of this relative path, or whose path ends with it; `undefined` when Git does not tell. */
  tracked(path: string): Promise<readonly string[] | undefined>;
  /** Whether the newer commit holds the older one, or is it; `undefined` when Git cannot know, as in a shallow clone. */
  contains(newer: string, older: string): Promise<boolean | undefined>;
}

/** A finished child process. `tail` is the last lines of stdout and stderr together. */
export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly tail: readonly string[];
}

export interface DockerRun {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Called for every line of stdout and stderr as it arrives. */
  readonly onLine?: (line: string) => void;
}

/** The docker command line client. Ends its child when the signal aborts. */
export interface Docker {
  run(command: DockerRun, signal: AbortSignal): Promise<ProcessResult>;
}

/** An image of a registry that speaks the OCI distribution protocol. */
export interface DistributionImage {
  /** Host and port; `docker.io` for Docker Hub. */
  readonly host: string;
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
}

/** Registries besides ECR. */
export interface Distribution {
  /** The digest behind a tag; `undefined` when there is none. Rejects when the registry does not say. */
  digest(
    image: DistributionImage,
    login: { readonly username: string; readonly password: string } | undefined,
  ): Promise<string | undefined>;
}
