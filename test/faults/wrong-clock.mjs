// Loaded by Node before a processor, with `?hours=2`: its clock is then wrong by so much, and everything else is as it is.
const shiftMs = Number(new URL(import.meta.url).searchParams.get('hours')) * 3_600_000
const rightNow = Date.now.bind(Date)
globalThis.Date = class extends Date {
  constructor(...args) {
    if (args.length === 0) super(rightNow() + shiftMs)
    else super(...args)
  }
  static now() {
    return rightNow() + shiftMs
  }
}
