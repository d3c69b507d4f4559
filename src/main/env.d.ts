/** electron-vite: the path of a module built as an entry of its own. */
declare module '*?modulePath' {
  const path: string
  export default path
}
