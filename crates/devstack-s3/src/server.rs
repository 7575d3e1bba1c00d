use std::{
    fmt, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
};

use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::{
    BUCKET, S3Access, S3Faults, S3StackError, error::Attempting, faults::FaultState, front, new_secret,
};

const PROGRAM: &str = "s3s";

/// s3s over a directory, in a runtime of its own, with faults on demand.
pub struct S3Server {
    access: S3Access,
    faults: Arc<FaultState>,
    directory: TempDir,
    /// Given up when this is dropped, which tests do within another runtime.
    runtime: Option<Runtime>,
}

impl S3Server {
    /// Starts a server with a bucket and a key of its own.
    ///
    /// # Errors
    /// The machine gives no port, directory or thread.
    pub fn start() -> Result<Self, S3StackError> {
        let directory = tempfile::Builder::new()
            .prefix("threadwell-s3-")
            .tempdir()
            .attempting("make a directory for objects")?;
        fs::create_dir(directory.path().join(BUCKET)).attempting("make the bucket")?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).attempting("find a free port")?;
        listener.set_nonblocking(true).attempting("prepare the port")?;
        let port = listener.local_addr().attempting("find a free port")?.port();
        let access = S3Access::on(port, new_secret());
        let files = FileSystem::new(directory.path())
            .map_err(|error| S3StackError::NotReady { program: PROGRAM, detail: format!("{error:?}") })?;
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(&*access.access_key_id, &*access.secret_access_key));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.attempting("start a runtime")?;
        let faults = Arc::<FaultState>::default();
        runtime.spawn(front::serve(listener, service.build(), Arc::clone(&faults)));
        Ok(Self { access, faults, directory, runtime: Some(runtime) })
    }

    /// How it is reached.
    pub fn access(&self) -> &S3Access {
        &self.access
    }

    /// Makes the server fail from now on as told; the default makes it well again.
    pub fn set_faults(&self, faults: S3Faults) {
        self.faults.set(faults);
    }

    /// The file that holds an object's bytes, for looking at and for tampering with.
    pub fn object_file(&self, key: &str) -> PathBuf {
        self.directory.path().join(BUCKET).join(key)
    }

    /// The files that hold the objects, in the order of their keys.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn object_files(&self) -> Result<Vec<PathBuf>, S3StackError> {
        let mut found = Vec::new();
        collect_files(&self.directory.path().join(BUCKET), &mut found).attempting("read the bucket")?;
        found.sort();
        Ok(found)
    }

    /// How many multipart uploads were begun and neither completed nor taken back.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn unfinished_uploads(&self) -> Result<usize, S3StackError> {
        let entries = fs::read_dir(self.directory.path()).attempting("read the uploads")?;
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        Ok(names.filter(|name| name.starts_with(".upload-") && name.ends_with(".json")).count())
    }

    /// The sizes of the parts that came of multipart uploads that are not completed.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn unfinished_parts(&self) -> Result<Vec<u64>, S3StackError> {
        let entries = fs::read_dir(self.directory.path()).attempting("read the uploads")?;
        let parts = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().contains(".part-"));
        parts.map(|part| part.metadata().map(|part| part.len()).attempting("read the uploads")).collect()
    }
}

fn collect_files(directory: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            collect_files(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

impl Drop for S3Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for S3Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Server").field("access", &self.access).finish_non_exhaustive()
    }
}
