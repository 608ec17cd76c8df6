/** The program that `inFreshProcess` starts: calls one function of one module, prints its result. */
const [module = '', name = ''] = process.argv.slice(2);
const exported = (await import(module)) as Record<string, () => unknown>;
console.log(JSON.stringify(await exported[name]?.()));
