/** Files that lie in folders of recordings and are none: skipped when a folder is walked, never when a file is chosen. */
const otherKinds = new Set(
  (
    'pdf doc docx xls xlsx ppt pptx md rst html htm xml json yaml yml toml ini cfg log tex bib ' +
    'png jpg jpeg gif bmp svg webp ico tif tiff mp3 mp4 avi mov mkv ' +
    'py ipynb m r js ts c cpp h java sh bat ps1 exe dll so dylib msi zip rar 7z tar bz2 xz ' +
    'pt pth onnx pkl h5ad db sqlite tmp bak lock lnk url vibralens'
  ).split(' '),
)

/** By name alone; content decides when the file is opened. Many recordings have no ending at all. */
export function isLikelyRecording(name: string): boolean {
  if (name.startsWith('.') || name.startsWith('~$') || /^(readme|licen[cs]e|thumbs\.db|desktop\.ini)/i.test(name))
    return false
  const dot = name.lastIndexOf('.')
  return dot < 0 || !otherKinds.has(name.slice(dot + 1).toLowerCase())
}
