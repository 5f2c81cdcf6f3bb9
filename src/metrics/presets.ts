/** Frameworks whose log is understood by name: `metrics: huggingface`. */
import type { Reader, Wanted } from './measurement.ts';
import { lightgbmReader, lightgbmRegex, xgboostReader, xgboostRegex } from './readers/boosting.ts';
import { huggingfaceReader, huggingfaceRegex } from './readers/huggingface.ts';
import { kerasReader, kerasRegex } from './readers/keras.ts';
import { lightningReader, lightningRegex } from './readers/lightning.ts';

export interface Preset {
  /** Reads every metric of the framework. */
  readonly reader: (wanted: Wanted) => Reader;
  /** What SageMaker is asked to match for one metric; `value` is the pattern of the number, with the one group. */
  readonly regex: (name: string, value: string) => string;
}

export const PRESETS = {
  'pytorch-lightning': { reader: lightningReader, regex: lightningRegex },
  huggingface: { reader: huggingfaceReader, regex: huggingfaceRegex },
  keras: { reader: kerasReader, regex: kerasRegex },
  lightgbm: { reader: lightgbmReader, regex: lightgbmRegex },
  xgboost: { reader: xgboostReader, regex: xgboostRegex },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof PRESETS;

export function isPresetName(text: string): text is PresetName {
  return Object.hasOwn(PRESETS, text);
}
