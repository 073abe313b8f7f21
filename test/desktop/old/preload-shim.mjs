// The same for the preload script: a port is made in the page and its texts are carried over Electron's old channel. Next: main-shim.mjs.
const real = require("electron");

export const { contextBridge } = real;
export const webUtils = { getPathForFile: (file) => file.path };
export const ipcRenderer = {
  invoke: (...words) => real.ipcRenderer.invoke(...words),
  on(channel, listener) {
    real.ipcRenderer.on(channel, listener);
    real.ipcRenderer.on("shim:port", (_event, wanted, number) => {
      if (wanted === channel) listener({ ports: [portFor(number)] });
    });
  },
};

function portFor(number) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => real.ipcRenderer.send("shim:text", number, data);
  real.ipcRenderer.on("shim:text", (_event, to, text) => {
    if (to === number) port1.postMessage(text);
  });
  return port2;
}
