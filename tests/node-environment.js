// Before a wasm program's main under Node: the shell's environment becomes what getenv sees.
Module.preRun = [() => Object.assign(ENV, process.env)];
