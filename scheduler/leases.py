"""Store: the leases of rounds that only one worker turns at a time, by the database's own clock."""

from sqlalchemy import text

from database.engine import Database

# On SQLite moments are kept as text in UTC; the fraction must be written as our column type writes it.
SQL = {
    "sqlite": (
        "INSERT INTO round_lease (name, worker, lease_until) "
        "VALUES (:name, :worker, strftime('%Y-%m-%d %H:%M:%f000', 'now', :ahead)) "
        "ON CONFLICT (name) DO UPDATE SET worker = excluded.worker, lease_until = excluded.lease_until "
        "WHERE round_lease.lease_until <= strftime('%Y-%m-%d %H:%M:%f000', 'now') RETURNING name"
    ),
    "postgresql": (
        "INSERT INTO round_lease (name, worker, lease_until) "
        "VALUES (:name, :worker, clock_timestamp() + CAST(:ahead AS interval)) "
        "ON CONFLICT (name) DO UPDATE SET worker = excluded.worker, lease_until = excluded.lease_until "
        "WHERE round_lease.lease_until <= clock_timestamp() RETURNING name"
    ),
}


async def take(database: Database, name: str, *, worker: str, seconds: float) -> bool:
    """Whether this worker now has the lease of this round, for so many seconds of the database's clock."""
    async with database.write() as db:
        words = {"name": name, "worker": worker, "ahead": f"+{seconds:.3f} seconds"}
        return (await db.execute(text(SQL[db.dialect]), words)).first() is not None
