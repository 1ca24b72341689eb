package dev.millwright.server.pki;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface AuthorityDao {
    /// One row of the table.
    ///
    /// @param certificate DER
    /// @param sealedKey PKCS#8, sealed with the key that has this mark
    @SuppressWarnings("ArrayRecordComponent") // Rows are never compared
    record Row(String name, byte[] certificate, byte[] sealedKey, String keyMark) {}

    @SqlQuery("select name, certificate, sealed_key, key_mark from authorities where name = :name")
    @RegisterConstructorMapper(Row.class)
    Optional<Row> find(@Bind("name") String name);

    @SqlUpdate(
            """
            insert into authorities (name, certificate, sealed_key, key_mark, created_at)
            values (:name, :certificate, :sealedKey, :keyMark, :at)
            """)
    void insert(@BindMethods Row row, @Bind("at") Instant at);
}
