// tap.mjs: test results as TAP.  Why a test failed goes to stderr, where prove shows it.

const results = [];

// `check` answers with its faults, one line each.
export async function test(name, check) {
  const faults = await check().catch((error) => [error.message.split("\n")[0]]);
  results.push(faults.length === 0);
  console.log(`${faults.length ? "not ok" : "ok"} ${results.length} - ${name}`);
  if (faults.length) console.error([`# ${results.length} - ${name}`, ...faults.map((fault) => `#     ${fault}`)].join("\n"));
}

export function skipAll(reason) {
  console.log(`1..0 # SKIP ${reason}`);
  process.exit(0);
}

// Prints how many tests there were, and ends the program.
export function finish() {
  console.log(`1..${results.length}`);
  process.exit(results.every(Boolean) ? 0 : 1);
}
