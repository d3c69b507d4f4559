/**
 * The path of a file beside the archive instead of inside it (electron-builder.yml, asarUnpack): native code and worker
 * threads of the engine open plain files only. Other paths are as they were.
 */
export function unpackedPath(path: string): string {
  return path.replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked')
}
