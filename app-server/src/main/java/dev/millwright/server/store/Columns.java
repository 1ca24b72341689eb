package dev.millwright.server.store;

import dev.millwright.model.AttemptId;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMappers;
import org.jspecify.annotations.Nullable;

/// Teach JDBI the words of the model, so that DAOs take and give ids, instants and parameters.
final class Columns {
    private Columns() {}

    static void install(Jdbi jdbi) {
        ids(jdbi, RunId.class, RunId::value, RunId::new);
        ids(jdbi, DeliveryId.class, DeliveryId::value, DeliveryId::new);
        ids(jdbi, AttemptId.class, AttemptId::value, AttemptId::new);
        texts(jdbi, NodeName.class, NodeName::value, NodeName::new);
        texts(jdbi, StepPath.class, StepPath::value, StepPath::new);
        texts(jdbi, Parameters.class, Json::of, Json::parameters);
        uuids(jdbi);
        instants(jdbi);
        jdbi.getConfig(ColumnMappers.class).setCoalesceNullPrimitivesToDefaults(false);
    }

    /// JDBI itself binds no UUID at all as text, which PostgreSQL refuses.
    private static void uuids(Jdbi jdbi) {
        jdbi.registerArgument(new As<>(UUID.class, Types.OTHER, uuid -> uuid));
    }

    private static <T> void ids(
            Jdbi jdbi, Class<T> type, Function<T, UUID> toUuid, Function<UUID, T> of) {
        jdbi.registerArgument(new As<>(type, Types.OTHER, toUuid::apply));
        jdbi.registerColumnMapper(type, nullable(UUID.class, of));
    }

    private static <T> void texts(
            Jdbi jdbi, Class<T> type, Function<T, String> toText, Function<String, T> of) {
        jdbi.registerArgument(new As<>(type, Types.VARCHAR, toText::apply));
        jdbi.registerColumnMapper(type, nullable(String.class, of));
    }

    /// As an offset time in UTC: drivers pass a plain timestamp through the local time zone, where
    /// one hour of each autumn is ambiguous.
    private static void instants(Jdbi jdbi) {
        jdbi.registerArgument(
                new As<>(
                        Instant.class,
                        Types.TIMESTAMP_WITH_TIMEZONE,
                        instant -> instant.atOffset(ZoneOffset.UTC)));
        jdbi.registerColumnMapper(
                Instant.class, nullable(OffsetDateTime.class, OffsetDateTime::toInstant));
    }

    private static <C, T> ColumnMapper<T> nullable(Class<C> column, Function<C, T> of) {
        return (results, number, _) -> {
            C value = results.getObject(number, column);
            return value == null ? null : of.apply(value);
        };
    }

    /// Bind one type as what the driver knows.
    private record As<T>(Class<T> type, int sqlType, Function<T, Object> convert)
            implements ArgumentFactory.Preparable {
        @Override
        public Optional<Function<Object, Argument>> prepare(Type wanted, ConfigRegistry config) {
            return wanted == type ? Optional.of(this::bind) : Optional.empty();
        }

        private Argument bind(@Nullable Object value) {
            if (value == null) {
                return (position, statement, _) -> statement.setNull(position, sqlType);
            }
            Object converted = convert.apply(type.cast(value));
            return (position, statement, _) -> statement.setObject(position, converted);
        }
    }
}
