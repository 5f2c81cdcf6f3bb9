import { packageOf } from '../remedies/packages.ts';
import { type Found, type Rule, says } from '../rule.ts';

const LIBRARY = /site-packages|dist-packages/;

function moduleOf({ text }: Found): string {
  return /No module named '?([\w.]+)/.exec(text)?.[1] ?? 'MODULE';
}

export const IMPORT_RULES: readonly Rule[] = [
  {
    label: 'module-not-found',
    title: 'A Python module is missing in the container',
    retryable: false,
    signs: [
      says(0.93, /^(?:ModuleNotFoundError|ImportError): No module named/, { in: ['exception'] }),
      says(0.87, /No module named '?[\w.]+/, { unless: /can't open/ }),
    ],
    remedy: (found) => {
      const name = moduleOf(found);
      return [
        `Add the package to requirements.txt, or to the Dockerfile: \`RUN pip install ${packageOf(name)}\`.`,
        `If ${name} is your own: it must lie in source-dir beside the entry point, or be copied by the Dockerfile and be on PYTHONPATH.`,
      ];
    },
  },
  {
    label: 'import-error',
    title: 'A module is there but cannot be imported: a name or a shared library is missing',
    retryable: false,
    signs: [
      says(
        0.93,
        /ImportError: .*(?:cannot open shared object|undefined symbol|GLIBC(?:XX)?_[\d.]+|DLL load failed|symbol not found|failed to map segment)|OSError: .*(?:cannot open shared object|undefined symbol|GLIBC)|error while loading shared libraries/s,
      ),
      says(0.89, /ImportError: cannot import name/, { raisedIn: 'user' }),
      says(0.87, /ImportError: cannot import name/, { unless: /from 'sagemaker/ }),
      says(
        0.82,
        /partially initialized module|most likely due to a circular import|^ImportError\b|cannot open shared object file/,
        {
          unless:
            /No module named|dlerror|Could not load dynamic library|is required for|requires? (?:the )?[\w.]+ ?(?:>=|==|library|package)|is not supported/,
        },
      ),
    ],
    remedy: ({ text }) => [
      /\.so/.test(text)
        ? `Dockerfile: install the system package that holds ${/(lib[\w.+-]+\.so[\w.]*)/.exec(text)?.[1] ?? 'the library'} (for libGL.so.1: \`RUN apt-get update && apt-get install -y libgl1\`; or opencv-python-headless), or the build of the module for this base image.`
        : 'Pin the version in which the name exists; a file of your own with the name of a package hides it.',
      '`docker run IMAGE python -c "import MODULE"` shows it without a job.',
    ],
  },
  {
    label: 'dependency-conflict',
    title: 'Versions of packages in the image do not fit each other',
    retryable: false,
    signs: [
      says(
        0.95,
        /numpy\.dtype size changed|compiled using NumPy 1|_ARRAY_API not found|numpy\.ufunc size changed|Descriptors cannot (?:not )?be created directly|is required for a normal functioning of this module, but found|ContextualVersionConflict|VersionConflict|DistributionNotFound|Transformers does not recognize this architecture|Keras 3, but this is not yet supported|binary incompatibility/i,
      ),
      says(
        0.91,
        /module 'numpy' has no attribute '(?:float|int|bool|object|str|complex|long)'|np\.(?:float|int|bool|object)_?`? was (?:a deprecated alias|removed)|requires? (?:the )?[\w.-]+ ?(?:version )?(?:>=|==|<=|~=|<|>) ?[\d.]+.{0,60}(?:found|installed|but|got|have)|(?:installed version|version of \w+ installed).{0,60}(?:incompatible|not compatible|too old|required)|is not compatible with (?:your|the installed|this) version|incompatible (?:with )?(?:version|library version)|mismatch(?:ed)? versions?/i,
        { in: ['exception', 'reason'] },
      ),
      says(0.9, /cannot import name/, { in: ['exception'], raisedIn: 'library' }),
      says(0.92, /^SyntaxError/, { in: ['exception'], frames: LIBRARY }),
      says(0.96, /^SyntaxError/, { in: ['exception'], raisedIn: 'library', frames: LIBRARY }),
      says(0.88, /^KeyError: '[\w-]+'/, {
        in: ['exception'],
        frames: /configuration_auto|tokenization_auto|modeling_auto/,
      }),
      says(0.78, /got an unexpected keyword argument|has no attribute|missing \d+ required positional/, {
        in: ['exception'],
        raisedIn: 'library',
        frames: /<module>.*import|import /,
        unless: /NoneType|smdebug/,
      }),
    ],
    remedy: () => [
      'Pin the versions that were tested together in requirements.txt (`pip freeze` of a working environment), and let pip see them all in one install.',
      'numpy<2 for packages built before 2024; upgrade transformers together with tokenizers, huggingface_hub, accelerate and peft.',
    ],
  },
];
