//! A browser, its driver, and a proxy that writes down whom it asks.
#![allow(dead_code)]

use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The program that drives the browser, while a test runs.
pub struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts it; says so and gives nothing where there is none.
    pub fn start() -> Option<Self> {
        let Ok(program) = std::env::var("ONRECORD_TEST_CHROMEDRIVER") else {
            eprintln!("ONRECORD_TEST_CHROMEDRIVER names no chromedriver: nothing is looked at in a browser");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let ready = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(ready, "{program} does not answer");
        Some(Chromedriver { process, port })
    }

    /// Does something in a browser whose every question goes through the proxy.
    pub fn run(&self, proxy: &Proxy, work: impl AsyncFnOnce(&Browser)) {
        self.with(proxy, true, work);
    }

    /// The same in one that runs no scripts of pages.
    pub fn run_without_scripts(&self, proxy: &Proxy, work: impl AsyncFnOnce(&Browser)) {
        self.with(proxy, false, work);
    }

    fn with(&self, proxy: &Proxy, scripts: bool, work: impl AsyncFnOnce(&Browser)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let browser = Browser::open(self.port, proxy.address, scripts).await;
            work(&browser).await;
            let _ = browser.client.clone().close().await;
        });
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A window of a browser.
pub struct Browser {
    client: Client,
}

impl Browser {
    async fn open(driver: u16, proxy: SocketAddr, scripts: bool) -> Self {
        let scripts = if scripts { 1 } else { 2 };
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
                     "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions", "--no-first-run", "--force-prefers-reduced-motion",
                     format!("--proxy-server=http://{proxy}"), "--proxy-bypass-list=<-loopback>"],
            "prefs": {"profile.managed_default_content_settings.javascript": scripts},
        });
        let capabilities = json!({"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}});
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{driver}"))
            .await
            .expect("the driver opens a browser");
        Browser { client }
    }

    pub async fn size(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.unwrap();
    }

    pub async fn go(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    pub async fn address(&self) -> String {
        self.client.current_url().await.unwrap().to_string()
    }

    /// All words of the page.
    pub async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    pub async fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.client.execute(script, arguments.to_vec()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: &str) {
        let focused: Element = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// Waits until the address holds this.
    pub async fn waits_for(&self, part: &str) {
        self.waits_until(&format!("return location.href.includes({}) && document.readyState === 'complete'", json!(part))).await;
    }

    /// Waits until a script says so.
    pub async fn waits_until(&self, script: &str) {
        for _ in 0..100 {
            if self.client.execute(script, vec![]).await.ok() == Some(json!(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never: {script}; at {}", self.address().await);
    }

    /// Moves the pointer over the first element that fits.
    pub async fn hover(&self, selector: &str) {
        let element = self.client.find(Locator::Css(selector)).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
        self.client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![json!(element)]).await.unwrap();
        let over = PointerAction::MoveToElement { element, duration: None, x: 0., y: 0. };
        self.client.perform_actions(MouseActions::new("mouse".to_owned()).then(over)).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    /// What the page's console says that is an error, and what the policy kept back.
    pub async fn errors(&self) -> Vec<String> {
        let log = self.client.issue_cmd(Log).await.unwrap();
        let entries = log.as_array().cloned().unwrap_or_default();
        let bad =
            entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["message"].to_string().contains("Security Policy"));
        bad.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Serious findings of axe-core.
    pub async fn axe(&self, axe: &str) -> Vec<Value> {
        self.client.execute(axe, vec![]).await.unwrap();
        let run = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}).then(found => done( \
                found.violations.filter(one => ['serious', 'critical'].includes(one.impact)) \
                    .map(one => ({id: one.id, help: one.help, where: one.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary)}))))";
        let found = self.client.execute_async(run, vec![]).await.unwrap();
        found.as_array().cloned().unwrap_or_default()
    }
}

/// Chromedriver's own question for the console.
#[derive(Debug)]
struct Log;

impl fantoccini::wd::WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({"type": "browser"}).to_string()))
    }
}

/// Passes everything on and writes down whom it is for.
pub struct Proxy {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let proxy = Proxy { address, asked: Arc::default() };
        let asked = Arc::clone(&proxy.asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let asked = Arc::clone(&asked);
                std::thread::spawn(move || drop(pass(&stream, &asked)));
            }
        });
        proxy
    }

    /// For whom the questions of pages were, one entry for each: the browser asks its maker of its own accord, whatever the page.
    pub fn of_pages(&self) -> Vec<String> {
        let own = ["google.com", "googleapis.com", "gvt1.com", "google.com:443", "googleapis.com:443", "gvt1.com:443"];
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|host| !own.iter().any(|own| host.ends_with(own))).cloned().collect()
    }
}

/// One connection, one question: `Connection: close` is put into it so that no second one comes the same way.
fn pass(stream: &TcpStream, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    let mut first = String::new();
    // Browsers open connections that they may need.
    if reader.read_line(&mut first)? == 0 {
        return Ok(());
    }
    let mut parts = first.split(' ');
    let (method, target) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let host = target.strip_prefix("http://").unwrap_or(target);
    let (host, path) = host.split_once('/').map_or((host, String::new()), |(host, path)| (host, path.to_owned()));
    asked.lock().unwrap().push(host.to_owned());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if !lower.starts_with("connection:") && !lower.starts_with("proxy-connection:") {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut stream = stream;
    if !host.starts_with("127.0.0.1:") || method == "CONNECT" {
        return stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    let mut server = TcpStream::connect(host)?;
    server.write_all(format!("{method} /{path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n").as_bytes())?;
    server.write_all(&body)?;
    std::io::copy(&mut server, &mut stream).map(drop)
}
