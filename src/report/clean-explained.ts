import type { Explained, Raised } from '../diagnose/explain-job.ts';
import type { Cleaner } from './cleaner.ts';

/** Titles and labels are ours; all else quotes the log, the request or the service. */
export function cleanExplained({ diagnosis, raised, place }: Explained, clean: Cleaner): Explained {
  return {
    diagnosis: {
      ...diagnosis,
      evidence: diagnosis.evidence.map((proof) => ({ ...proof, quote: clean(proof.quote) })),
      remedy: diagnosis.remedy.map(clean),
      checks: diagnosis.checks.map(({ name, finding }) => ({ name, finding: clean(finding) })),
    },
    raised: raised && cleanRaised(raised, clean),
    place: place && { ...place, file: clean(place.file) },
  };
}

function cleanRaised({ text, frames }: Raised, clean: Cleaner): Raised {
  return {
    text: clean(text),
    frames: frames.map((frame) => ({
      ...frame,
      file: clean(frame.file),
      function: clean(frame.function),
      code: clean(frame.code),
    })),
  };
}
