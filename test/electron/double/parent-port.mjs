// Gives a child process of Node the parentPort of Electron's utility processes.
process.parentPort = {
  on: (type, listener) => process.on(type, (data) => listener({ data })),
  postMessage: (message) => process.send(message),
}
