import pc from 'picocolors'

/** Colours for a person at a terminal; a file, a pipe and a build's log get plain text, whatever the environment promises. */
export const colours = pc.createColors(pc.isColorSupported && process.stdout.isTTY === true)
