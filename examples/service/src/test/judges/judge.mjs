// What MDN's HTTP Observatory and Google's csp_evaluator say about the demo, each by its own code:
//
//   PUBLIC_HOST=localhost:8443 mvn -Pdemo                   in one terminal, in the root
//   npm install --ignore-scripts && node judge.mjs          in another, here; Node 20 or newer, and openssl
//
// The Observatory wants a site with http and https. Both are here, in front of the demo, as a
// load balancer has them. Exits with 1 where a goal is missed.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const DEMO = { host: "localhost", port: Number(process.env.PORT ?? 8080) };
const PORTS = { httpPort: 8090, httpsPort: 8443 };
const GOAL = 130;

const certificates = process.env.JUDGE_CERTIFICATES;
if (!certificates) {
  // Node reads whom it trusts when it starts: so once more, with a certificate made for the hour.
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "judge-"));
  const cert = path.join(directory, "cert.pem");
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
    "-keyout", path.join(directory, "key.pem"), "-out", cert], { stdio: "ignore" });
  const again = spawnSync(process.execPath, [fileURLToPath(import.meta.url)],
    { stdio: "inherit",
      env: { ...process.env, JUDGE_CERTIFICATES: directory, NODE_EXTRA_CA_CERTS: cert } });
  fs.rmSync(directory, { recursive: true });
  process.exit(again.status ?? 1);
}

const observatory = fileURLToPath(new URL(".", import.meta.resolve("@mdn/mdn-http-observatory")));
// A list that its installation fetches; localhost is not on it.
const preloaded = path.join(observatory, "..", "conf", "hsts-preload.json");
if (!fs.existsSync(preloaded)) {
  fs.writeFileSync(preloaded, "{}");
}
const { retrieve } = await import(path.join(observatory, "retriever", "retriever.js"));
const { ALL_TESTS } = await import(path.join(observatory, "constants.js"));
const grader = await import(path.join(observatory, "grader", "grader.js"));
const charts = await import(path.join(observatory, "grader", "charts.js"));
const { CspEvaluator } = (await import("csp_evaluator")).default;
const { CspParser } = (await import("csp_evaluator/dist/parser.js")).default;
const { Severity } = (await import("csp_evaluator/dist/finding.js")).default;

function front(scheme) {
  return (request, response) => {
    const onward = http.request({ ...DEMO, path: request.url, method: request.method,
      headers: { ...request.headers, "x-forwarded-proto": scheme } }, answer => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on("error", failure => response.writeHead(502).end(failure.message));
    request.pipe(onward);
  };
}

// Scores as the Observatory's scan() does, which knows neither ports nor paths.
async function observed(site) {
  const found = await retrieve("localhost", { ...PORTS, path: site });
  const answer = found.responses.auto;
  if (answer?.status !== 200) {
    throw new Error(`the demo answers ${site} with ${answer?.status}; is it up, with PUBLIC_HOST?`);
  }
  const results = ALL_TESTS.map(test => test(found)).filter(({ result }) => result);
  const modifiers = results.map(({ result }) => grader.getScoreModifier(result));
  const malus = 100 + modifiers.filter(points => points < 0).reduce((a, b) => a + b, 0);
  const score = malus < charts.MINIMUM_SCORE_FOR_EXTRA_CREDIT
    ? malus : 100 + modifiers.reduce((a, b) => a + b, 0);
  const failed = results.filter(({ pass }) => !pass).map(({ result }) => result);
  const passed = `${results.length - failed.length} of ${ALL_TESTS.length} tests`;
  return { ...grader.getGradeForScore(score), passed, failed, csp: answer.headers["content-security-policy"] };
}

const fronts = [
  http.createServer(front("http")).listen(PORTS.httpPort),
  https.createServer({
    key: fs.readFileSync(path.join(certificates, "key.pem")),
    cert: fs.readFileSync(path.join(certificates, "cert.pem")),
  }, front("https")).listen(PORTS.httpsPort),
];
try {
  for (const site of ["/", "/api/orders"]) {
    const { score, grade, passed, failed, csp } = await observed(site);
    // NONE is a remark on what newer browsers ignore, not a finding.
    const findings = new CspEvaluator(new CspParser(csp).csp).evaluate()
      .filter(({ severity }) => severity !== Severity.NONE);
    console.log(`${site}: Observatory ${score} (${grade}), ${passed}${failed.map(name => `, ${name}`).join("")};`
      + ` csp_evaluator ${findings.length} findings`);
    findings.forEach(({ severity, directive, description }) =>
      console.log(`  ${Severity[severity]} ${directive}: ${description}`));
    if (score < GOAL || findings.some(({ severity }) => severity <= Severity.MEDIUM)) {
      process.exitCode = 1;
    }
  }
} finally {
  fronts.forEach(server => server.close());
  fronts.forEach(server => server.closeAllConnections());
}
