// `node --import fast-clock.mjs dist/index.js` makes FAST_CLOCK seconds of the process pass in one of the machine's:
// `Date` runs faster and timers are shorter by the same factor. The local cloud takes the factor as --time-scale.
const scale = Number(process.env.FAST_CLOCK ?? '1');
if (scale > 1) {
  const RealDate = Date;
  const start = Number(process.env.FAST_CLOCK_ORIGIN ?? RealDate.now());
  const now = () => start + (RealDate.now() - start) * scale;
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...(args.length === 0 ? [now()] : args));
    }
    static now() {
      return now();
    }
  };
  for (const name of ['setTimeout', 'setInterval']) {
    const real = globalThis[name];
    // Short timers order work within the event loop and are left alone.
    globalThis[name] = (callback, delay = 0, ...args) => real(callback, delay > 50 ? delay / scale : delay, ...args);
  }
  // What limits a request is not shortened as much: the other side is on this machine, and the machine may be busy.
  const MOST_FOR_LIMITS = 40;
  const realTimeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (delay) => realTimeout(Math.ceil(delay / Math.min(scale, MOST_FOR_LIMITS)));
}
