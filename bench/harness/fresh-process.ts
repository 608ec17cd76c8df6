/** The program that `inFreshProcess` starts: calls one function of one module, prints its result. */
const [module = '', name = '', ...texts] = process.argv.slice(2);
const exported = (await import(module)) as Record<string, (...texts: string[]) => unknown>;
console.log(JSON.stringify(await exported[name]?.(...texts)));
